using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Exposure;

/// <summary>Pods that do not exist yet, or addresses, with which policies let a workload talk.</summary>
/// <param name="Workload">The workload, or one of its pods where policies tell them apart.</param>
/// <param name="Direction">Ingress where they could reach it, egress where it could reach them.</param>
/// <param name="Grade">Where such a pod has to be.</param>
public sealed record ExposureLine(ConnectionEnd Workload, PolicyDirection Direction, ExposureGrade Grade)
{
    private const int MostNames = 5;

    /// <summary>Of namespaces by their labels, which, as a selector; empty for any namespace and where <see cref="Namespaces"/> names them.</summary>
    public string NamespaceSelector { get; internal init; } = "";

    /// <summary>The namespaces by name, of those grades that mean certain ones.</summary>
    public IReadOnlyList<string> Namespaces { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Namespaces that are not meant although the selector, or the lack of one, would have them: their own policies say otherwise.</summary>
    public IReadOnlyList<string> Except { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>The pods, as a label selector and their service account; empty for pods of any labels. Ways to be such a pod stand behind each other with
    /// <c>or</c>.</summary>
    public string PodSelector { get; internal init; } = "";

    /// <summary>Outside: the addresses.</summary>
    public string? Addresses { get; internal init; }

    /// <summary>On which ports: those of the workload where it is reached.</summary>
    public PortSet Ports { get; internal init; } = PortSet.None;

    /// <summary>Of which ports nothing in the input tells.</summary>
    public PortSet Undetermined { get; internal init; } = PortSet.None;

    /// <summary>A pod as a question can name it: <c>new pod app=web in namespace shop</c>; null for addresses.</summary>
    public string? Example { get; internal init; }

    /// <summary>Why: the rules that allow it with their places, those of the workload first; or that no policy is against it.</summary>
    public IReadOnlyList<string> Reasons => field ??= Indexable.Of([.. Why.All.Select(static reason => reason.Text)]);

    /// <summary>The same in parts, one for each of <see cref="Reasons"/>.</summary>
    public IReadOnlyList<DecidingReason> Deciding => field ??= Indexable.Of([.. Why.All.Select(static reason => reason.Parts)]);

    /// <summary>The same, as they are asked for.</summary>
    internal ExposureReasons Why { get; init; } = ExposureReasons.Of([]);

    /// <summary>Who may create such a pod, or set the labels that make one, where that was asked for; the input's roles and bindings say so.</summary>
    public IReadOnlyList<ExposureAccess> Access { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Whether labels were too many to look at all: other pods may be told apart than the line says.</summary>
    public bool IsCut { get; internal init; }

    /// <summary>A line about addresses outside.</summary>
    internal static ExposureLine OfOutside(ConnectionEnd workload, PolicyDirection direction, string addresses, ExposureValue value) =>
        new(workload, direction, ExposureGrade.Outside) { Addresses = addresses, Ports = value.Ports, Undetermined = value.Undetermined };

    /// <summary>The first of <see cref="Deciding"/>.</summary>
    /// <param name="most">So many at most.</param>
    /// <returns>And how many more there are.</returns>
    internal (IReadOnlyList<DecidingReason> First, int More) FirstDeciding(int most)
    {
        var (first, more) = Why.First(most);
        return (Array.ConvertAll(first, static reason => reason.Parts), more);
    }

    /// <summary><c>any pod in any namespace</c>, <c>pods with app=web in namespaces with team=a</c>, <c>pods with app=api in shop</c>, or addresses.</summary>
    public string Who
    {
        get
        {
            if (Addresses is not null)
                return Addresses;
            var pods = PodSelector.Length == 0 ? "any pod" : $"pods with {PodSelector}";
            var where = Namespaces.Count > 0 ? Wording.List(Namespaces, MostNames) : NamespaceSelector.Length == 0 ? "any namespace"
                : $"namespaces with {NamespaceSelector}";
            var except = Except.Count == 0 ? "" : $" but {Wording.List(Except, MostNames)}";
            return $"{pods} in {where}{except}";
        }
    }
}
