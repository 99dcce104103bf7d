using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>One reason why Calico refuses an object.</summary>
/// <param name="Error">The field, and what is wrong with it.</param>
/// <param name="Since">The first version that refuses it; null where all do.</param>
/// <param name="Before">The first version that takes it again; null where none does.</param>
public sealed record CalicoRefusal(FieldError Error, Version? Since = null, Version? Before = null)
{
    /// <summary>Whether no version takes it.</summary>
    public bool IsByAll => Since is null && Before is null;

    /// <summary>Whether a version refuses it.</summary>
    /// <param name="version">Major and minor.</param>
    public bool IsBy(Version version) => (Since is null || version >= Since) && (Before is null || version < Before);

    /// <summary><c>Calico before 3.32 refuses it.</c></summary>
    public string When => (Since, Before) switch
    {
        (null, null) => "Calico refuses it.",
        (null, { } before) => $"Calico before {before} refuses it.",
        ({ } since, null) => $"Calico refuses it since {since}.",
        ({ } since, { } before) => $"Calico refuses it since {since} and before {before}.",
    };
}
