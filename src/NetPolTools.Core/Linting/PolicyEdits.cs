using System.Globalization;
using NetPolTools.Objects;
using NetPolTools.Sources;

namespace NetPolTools.Linting;

/// <summary>Changes of NetworkPolicies that corrections make in their text.</summary>
internal static class PolicyEdits
{
    /// <summary>Further rules at the end; none for policies of other kinds, whose rules read otherwise.</summary>
    /// <param name="about">The policy.</param>
    /// <param name="direction">Of its ingress or its egress.</param>
    /// <param name="rules">In the short form.</param>
    public static IReadOnlyList<SourceEdit> AddRules(KubernetesObject about, PolicyDirection direction, IReadOnlyList<NetworkPolicyRule> rules)
    {
        if (about is not NetworkPolicy policy || rules.Count == 0)
            return [];
        var field = direction == PolicyDirection.Ingress ? "ingress" : "egress";
        string[] texts = [.. rules.Select(rule => ShortYaml.Rule(rule, direction))];
        return (direction == PolicyDirection.Ingress ? policy.Ingress : policy.Egress) is null
            ? [new AddedField("spec", field, $"[{string.Join(", ", texts)}]")]
            : [.. texts.Select(text => new AddedItem($"spec.{field}", text))];
    }

    /// <summary>An item of a list, such as a rule, that is to go.</summary>
    /// <param name="path"><c>spec.ingress[0]</c>.</param>
    public static SourceEdit Remove(string path)
    {
        var (list, index) = Item(path);
        return new RemovedItem(list, index);
    }

    /// <summary>The list and the number of one of its items: <c>spec.ingress</c> and 0 of <c>spec.ingress[0]</c>.</summary>
    public static (string List, int Index) Item(string path)
    {
        var bracket = path.LastIndexOf('[');
        return (path[..bracket], int.Parse(path[(bracket + 1)..^1], CultureInfo.InvariantCulture));
    }

    /// <summary>Blocks that are taken out of another one.</summary>
    public static IReadOnlyList<SourceEdit> AddExceptions(AddressGrant grant, IReadOnlyList<string> blocks)
    {
        var path = grant.Place.Path;
        return grant.Place.Policy is not NetworkPolicy || blocks.Count == 0 ? []
            : grant.Except.IsEmpty ? [new AddedField(path, "except", Exceptions(blocks), "cidr")]
            : [.. blocks.Select(block => new AddedItem($"{path}.except", $"'{block}'"))];
    }

    /// <summary><c>['10.0.0.0/8']</c>.</summary>
    public static string Exceptions(IEnumerable<string> blocks) => $"[{string.Join(", ", blocks.Select(static block => $"'{block}'"))}]";
}
