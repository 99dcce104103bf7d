using NetPolTools.Diagnostics;

namespace NetPolTools.Output;

/// <summary>One thing that the reading of an input found wrong or worth knowing.</summary>
public sealed class NetPolDiagnostic
{
    private readonly string _text;

    internal NetPolDiagnostic(Diagnostic diagnostic)
    {
        _text = diagnostic.ToString();
        Severity = diagnostic.Severity.ToString();
        Id = diagnostic.Id.ToString();
        Location = diagnostic.Location.IsKnown ? diagnostic.Location.ToString() : "";
        Object = diagnostic.Object?.ToString() ?? "";
        Field = diagnostic.FieldPath ?? "";
        Message = diagnostic.Message;
    }

    /// <summary>Error or Warning.</summary>
    public string Severity { get; }

    /// <summary>What kind of thing it is: the id of the error, too.</summary>
    public string Id { get; }

    /// <summary>As file:line:column; empty where that is not known.</summary>
    public string Location { get; }

    /// <summary>The object it is about; empty where none was recognised.</summary>
    public string Object { get; }

    /// <summary>As the API server writes it; empty for none.</summary>
    public string Field { get; }

    public string Message { get; }

    public override string ToString() => _text;
}
