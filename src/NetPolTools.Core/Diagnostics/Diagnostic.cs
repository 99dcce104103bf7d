using System.Text;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Diagnostics;

/// <summary>One thing the user should know of an input: what, of which object, at which field, at which place.</summary>
public sealed record Diagnostic(DiagnosticId Id, DiagnosticSeverity Severity, string Message)
{
    public SourceLocation Location { get; init; }

    /// <summary>The field as the API server writes it, such as <c>spec.ingress[0].ports[1].endPort</c>.</summary>
    public string? FieldPath { get; init; }

    /// <summary>The object it is about, where one was recognised.</summary>
    public ObjectReference? Object { get; init; }

    /// <summary>Whether it is about text that says of itself in no way that it is a manifest: no mistake where nobody named the file.</summary>
    internal bool IsOfOtherText { get; init; }

    /// <summary>One line: place, severity, object, field path, message.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Location.IsKnown)
            text.Append(Location).Append(": ");
        text.Append(Severity == DiagnosticSeverity.Error ? "error: " : "warning: ");
        if (Object is not null)
            text.Append(Object).Append(": ");
        if (!string.IsNullOrEmpty(FieldPath))
            text.Append(FieldPath).Append(": ");
        return Printable.Of(text.Append(Message).ToString());
    }
}
