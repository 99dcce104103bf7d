using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// An object of Calico, as its API projectcalico.org/v3 shows it: what was read in the storage form, crd.projectcalico.org/v1, has the name and the labels that
/// Calico itself reads out of it.
/// </summary>
public abstract record CalicoObject(CalicoKind CalicoKind, ObjectMetadata Metadata) : PolicyObject(Metadata), IDialectObject
{
    public CalicoKind CalicoKind { get; } = CalicoKind;

    /// <summary>Whether it was read as crd.projectcalico.org/v1, where nothing fills in defaults.</summary>
    public bool IsStorageForm { get; internal init; }

    /// <summary>Whether it is staged and taken as enforced, to see what it would do.</summary>
    public bool IsPreviewed { get; internal init; }

    /// <summary>Whether it decides traffic: staged kinds do not.</summary>
    public bool IsEnforced => !CalicoKind.IsStaged || IsPreviewed;

    public override string Kind => CalicoKind.ShownAs;

    PolicyDialect IDialectObject.Dialect => CalicoDialect.Instance;
}
