using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>Makes pods that have the labels of an atom, as few of them as will do.</summary>
/// <param name="space">Of the atoms.</param>
/// <param name="pods">Takes the pods.</param>
/// <param name="accounts">The labels of the service accounts of the clusters that pods are added to.</param>
internal sealed class PodWitness(LabelSpace space, PodsToCome pods, IReadOnlyDictionary<(string Namespace, string Name), LabelSet> accounts)
{
    private const string NewAccount = "new-account";

    private readonly bool _asksForAccountLabels = Enumerable.Range(0, space.Count).Select(space.KeyOf)
        .Any(static key => key.Owner == LabelOwner.ServiceAccount && key != LabelKey.AccountName);

    /// <param name="atom">The labels.</param>
    /// <param name="ns">Where the pod is to be; null for a new namespace.</param>
    /// <returns>Null where no pod can have them: its service account exists, and has other labels.</returns>
    public PlacedAtom? Of(LabelAtom atom, string? ns) => atom.Boxes.Count == 1
        ? Of(atom, atom.Boxes[0], ns)
        : atom.Boxes.OrderBy(LabelsNeeded).Select(box => Of(atom, box, ns)).FirstOrDefault(static placed => placed is not null);

    private PlacedAtom? Of(LabelAtom atom, LabelBox box, string? ns)
    {
        var labels = LabelSet.Empty;
        var name = ns;
        if (ns is null)
        {
            labels = LabelsOf(box, LabelOwner.Namespace).Without(Namespace.NameLabel);
            name = space.Find(LabelKey.NamespaceName) is { } key && ValueIn(box, key) is { } value && value != space.Other(key)
                ? space.ValueOf(key, value)
                : null;
        }

        var place = new NewPod(LabelsOf(box, LabelOwner.Pod), PodSpec.DefaultServiceAccount, name) { IsInNewNamespace = ns is null, NamespaceLabels = labels };
        if (AccountOf(box, place.NamespaceName) is not { } account)
            return null;
        var pod = place with { Account = account };
        return new PlacedAtom(atom, pod, pods.Add(pod));
    }

    /// <summary>The service account that a pod is to run as; null where the one that it would have to be has other labels.</summary>
    private string? AccountOf(LabelBox box, string ns)
    {
        var labels = LabelsOf(box, LabelOwner.ServiceAccount);
        var free = !_asksForAccountLabels ? PodSpec.DefaultServiceAccount : labels.Count == 0 ? NewAccount : $"{NewAccount}-with-{labels}";
        if (NameIn(box, free) is not (var key, var value))
        {
            if (_asksForAccountLabels)
                pods.Account(ns, free, labels);
            return free;
        }

        var named = space.ValueOf(key, value)!;
        if (!_asksForAccountLabels)
            return named;

        // Of names that policies test by their parts alone, there is one for an account with these labels and no others.
        if (space.IsExample(key, value))
        {
            var filling = new string(space.ValueOf(key, space.Other(key))![0], pods.NumberOf(labels) + 1);
            string[] names = labels.Count == 0 ? [named] : [$"{named}-with-{labels}", $"with-{labels}-{named}", named + filling, filling + named];
            if (Array.Find(names, name => space.AreAlike(key, value, name)) is { } own)
            {
                pods.Account(ns, own, labels);
                return own;
            }
        }

        // The labels of an account that is named and not in the input are not known, and what depends on them is undetermined.
        if (accounts.TryGetValue((ns, named), out var known) || named == PodSpec.DefaultServiceAccount)
            return space.Allows(box, LabelOwner.ServiceAccount, known ?? LabelSet.Empty) ? named : null;
        return named;
    }

    /// <summary>The account's name that is asked for, as a value of its key; null where another name does as well.</summary>
    private (int Key, int Value)? NameIn(LabelBox box, string another) =>
        space.Find(LabelKey.AccountName) is { } key && ValueIn(box, key) is { } value && (value != space.Other(key) || space.Number(key, another) != value)
            ? (key, value)
            : null;

    private LabelSet LabelsOf(LabelBox box, LabelOwner owner)
    {
        List<KeyValuePair<string, string>>? labels = null;
        for (var key = 0; key < space.Count; key++)
        {
            var asked = space.KeyOf(key);
            if (asked.Owner == owner && asked != LabelKey.AccountName && ValueIn(box, key) is { } value)
                (labels ??= []).Add(KeyValuePair.Create(asked.Key, space.ValueOf(key, value)!));
        }

        return labels is null ? LabelSet.Empty : LabelSet.Create(labels);
    }

    private int LabelsNeeded(LabelBox box) => Enumerable.Range(0, space.Count).Count(key => ValueIn(box, key) is not null);

    /// <summary>Null where the label can be absent; of a name, one that nothing asks for where it can be.</summary>
    private int? ValueIn(LabelBox box, int key)
    {
        if (box[key] is not { } values)
            return space.KeyOf(key).IsNeverAbsent ? space.Other(key) : null;
        return values.Contains(LabelSpace.Absent) ? null
            : space.KeyOf(key).IsNeverAbsent && values.Contains(space.Other(key)) ? space.Other(key)
            : values.Values().First();
    }
}
