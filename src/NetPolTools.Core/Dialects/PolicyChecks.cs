using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Validation;

namespace NetPolTools.Dialects;

/// <summary>What the reading of a policy says of it, for one that is no text any more.</summary>
public static class PolicyChecks
{
    /// <summary>What a server refuses, as errors, and what people do not mean, as warnings; nothing of objects that are no policies.</summary>
    public static IEnumerable<Diagnostic> Of(KubernetesObject about)
    {
        (IReadOnlyList<FieldError> Errors, IReadOnlyList<(DiagnosticId Id, string Path, string Message)> Warnings) found = about switch
        {
            NetworkPolicy policy => (NetworkPolicyRules.Check(policy), NetworkPolicyWarnings.Check(policy)),
            PolicyObject policy and IDialectObject { Dialect: var dialect } => (dialect.Check(policy), dialect.Warn(policy)),
            _ => ([], []),
        };
        return found.Errors.Select(error => Tell(error.Id, DiagnosticSeverity.Error, error.Path, error.Message))
            .Concat(found.Warnings.Select(warning => Tell(warning.Id, DiagnosticSeverity.Warning, warning.Path, warning.Message)));

        Diagnostic Tell(DiagnosticId id, DiagnosticSeverity severity, string path, string message) => new(id, severity, message)
        {
            Object = about.Reference,
            FieldPath = path,
            Location = about.Location,
        };
    }
}
