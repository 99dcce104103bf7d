using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a Role or ClusterRole. Some ClusterRoles identify a network plugin, too.</summary>
internal sealed class AccessRoleDraft(string kind) : ObjectDraft
{
    private readonly List<AccessRule> _rules = [];
    private readonly List<LabelSelector> _aggregated = [];

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "rules")
            QuietWalk.EachItem(fields.Tokens, () => ReadRule(fields.Tokens));
        else if (name == "aggregationRule" && kind == AccessRole.OfCluster)
            fields.EachField("a map with clusterRoleSelectors", field => field == "clusterRoleSelectors" && ReadSelectors(fields));
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        if (kind == AccessRole.OfCluster && PluginCatalogue.Default.Vocabulary.Knows(kind, metadata.Name))
            context.Add(new PluginTrace(kind, metadata) { Values = PolicyVerbs(), Location = location });
        return new AccessRole(kind, metadata) { Rules = _rules, Aggregated = _aggregated };
    }

    private bool ReadSelectors(FieldReader fields)
    {
        fields.EachItem("a list of selectors, each with a dash", () =>
        {
            if (SelectorReader.Read(fields) is { } selector)
                _aggregated.Add(selector);
        });
        return true;
    }

    private void ReadRule(ManifestTokenReader tokens)
    {
        List<string> groups = [], resources = [], verbs = [], names = [];
        QuietWalk.EachField(tokens, name =>
        {
            if (name is not ("apiGroups" or "resources" or "verbs" or "resourceNames"))
                return false;
            (name switch { "apiGroups" => groups, "resources" => resources, "verbs" => verbs, _ => names }).AddRange(QuietWalk.Texts(tokens));
            return true;
        });
        _rules.Add(new AccessRule(groups, resources, verbs, names));
    }

    private Dictionary<string, string> PolicyVerbs()
    {
        var values = new Dictionary<string, string>();
        foreach (var rule in _rules.Where(static rule =>
            rule.ApiGroups.Any(static group => group is "networking.k8s.io" or "*") && rule.Resources.Any(static found => found is "networkpolicies" or "*")))
            values[PluginTrace.NetworkPolicyVerbs] = string.Join(',', rule.Verbs);
        return values;
    }
}
