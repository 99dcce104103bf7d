using System.Text.RegularExpressions;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>Reads an admin policy.</summary>
internal sealed partial class AdminPolicyDraft(AdminPolicyKind kind) : PolicyDraft(kind.Name)
{
    private AdminSpecReader? _read;

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        if (!HasSpec)
        {
            context.Report(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, "Required value.", "spec", location);
            return null;
        }

        var policy = new AdminPolicy(kind, Complete(metadata))
        {
            Tier = _read?.Tier,
            Priority = _read?.Priority,
            Subject = _read?.Subject,
            Ingress = _read?.Ingress,
            Egress = _read?.Egress,
            Location = location,
        };

        var errors = AdminPolicyRules.Check(policy).ToLookup(FailsClosed);
        ReportAll([.. errors[false]], context, metadata);
        ReportAll([.. errors[true].Select(static error => error with { Message = error.Message + ClosedText(error.Path) })], context, metadata);
        ReportAll([.. AdminSelectors.Check(policy)], context, metadata);
        return errors[false].Any() ? null : policy;
    }

    protected override void ReadSpec(FieldReader fields)
    {
        _read = new AdminSpecReader(kind, fields);
        _read.Read();
    }

    protected override bool IsSpecField(string name) => AdminSpecReader.IsSpecField(name);

    /// <summary>
    /// Whether a peer or a port says nothing that we know: today's server refuses it, but the API says what it means, since a later version may have more.
    /// </summary>
    private static bool FailsClosed(FieldError error) =>
        ClosedPath().IsMatch(error.Path) && error.Message.EndsWith("at least 1 properties.", StringComparison.Ordinal);

    private static string ClosedText(string path) => path[^1] == ']'
        ? " The rule fails closed, as the API asks of whoever does not know a peer or port: it allows nothing, or denies everything."
        : " It is read as every port of the protocol.";

    [GeneratedRegex(@"^spec\.(ingress|egress)\[\d+\]\.(from|to|ports|protocols)\[\d+\](\.(tcp|udp|sctp))?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClosedPath();
}
