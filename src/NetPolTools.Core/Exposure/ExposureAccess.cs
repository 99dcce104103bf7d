using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Exposure;

/// <summary>What somebody may do to be, or to make, a pod that a line is about.</summary>
public enum AccessAbility
{
    /// <summary>Create pods.</summary>
    CreatePods,

    /// <summary>Create workloads, or change the template of one that is there: their controller creates the pods.</summary>
    CreateWorkloads,

    /// <summary>Set labels of pods that run.</summary>
    LabelPods,

    /// <summary>Create namespaces, with any labels.</summary>
    CreateNamespaces,

    /// <summary>Set labels of namespaces.</summary>
    LabelNamespaces,
}

/// <summary>That somebody may create pods or set labels.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Ability">What they may do.</param>
/// <param name="Namespaces">In which namespaces, or to which; empty for all.</param>
/// <param name="Binding">The binding that gives it to them.</param>
/// <param name="Role">The role that it gives.</param>
public sealed record ExposureAccess(
    AccessSubject Subject, AccessAbility Ability, IReadOnlyList<string> Namespaces, ObjectReference Binding, ObjectReference Role)
{
    private const int MostNames = 5;

    public IReadOnlyList<string> Namespaces { get; } = Indexable.Of(Namespaces);

    /// <summary>Where the binding stands.</summary>
    public SourceLocation Location { get; internal init; }

    /// <summary><c>ServiceAccount ci/deployer may create pods in shop: RoleBinding shop/ci, Role shop/deployer (rbac.yaml:12:1)</c>.</summary>
    public override string ToString()
    {
        var place = Location is { IsKnown: true, Line: > 0 } ? $" ({Location})" : "";
        return $"{Subject} may {What}: {Binding}, {Role}{place}";
    }

    private string What => Ability switch
    {
        AccessAbility.CreatePods => $"create pods in {Where}",
        AccessAbility.CreateWorkloads => $"create or change workloads in {Where}",
        AccessAbility.LabelPods => $"set labels of pods in {Where}",
        AccessAbility.CreateNamespaces => "create namespaces",
        _ => Namespaces.Count == 0 ? "set labels of any namespace" : $"set labels of namespace {Names}",
    };

    private string Where => Namespaces.Count == 0 ? "any namespace" : Names;

    private string Names => Wording.List(Namespaces, MostNames);
}
