using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads whom a ServiceMonitor or PodMonitor means. One whose selector the API server refuses is passed over.</summary>
internal sealed class ScrapeMonitorDraft(string kind) : ObjectDraft
{
    private readonly List<ScrapedPort> _ports = [];
    private readonly List<KeyValuePair<string, string>> _labels = [];
    private readonly List<LabelSelectorRequirement> _requirements = [];
    private List<string>? _namespaces;
    private bool _isAnyNamespace;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "spec")
            QuietWalk.EachField(fields.Tokens, field => ReadSpecField(field, fields.Tokens));
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        if (!_requirements.TrueForAll(static requirement => requirement.Operator is LabelSelectorRequirement.In or LabelSelectorRequirement.NotIn
                or LabelSelectorRequirement.Exists or LabelSelectorRequirement.DoesNotExist))
        {
            context.Skipped(kind);
            return null;
        }

        return new ScrapeMonitor(kind, metadata)
        {
            Selector = new LabelSelector { MatchLabels = _labels, MatchExpressions = _requirements },
            Namespaces = _namespaces,
            IsAnyNamespace = _isAnyNamespace,
            Ports = _ports,
        };
    }

    private bool ReadSpecField(string name, ManifestTokenReader tokens)
    {
        switch (name)
        {
            case "selector":
                QuietWalk.EachField(tokens, field => ReadSelectorField(field, tokens));
                return true;
            case "namespaceSelector":
                QuietWalk.EachField(tokens, field =>
                {
                    if (field == "any")
                        _isAnyNamespace = QuietWalk.Text(tokens) == "true";
                    else if (field == "matchNames")
                        _namespaces = QuietWalk.Texts(tokens) is { Count: > 0 } names ? names : null;
                    else
                        return false;
                    return true;
                });
                return true;
            case "endpoints" when kind == ScrapeMonitor.OfServices:
            case "podMetricsEndpoints" when kind == ScrapeMonitor.OfPods:
                QuietWalk.EachItem(tokens, () => ReadEndpoint(tokens));
                return true;
            default:
                return false;
        }
    }

    private bool ReadSelectorField(string name, ManifestTokenReader tokens)
    {
        switch (name)
        {
            case "matchLabels":
                QuietWalk.EachField(tokens, key =>
                {
                    if (QuietWalk.Text(tokens) is { } value)
                        _labels.Add(KeyValuePair.Create(key, value));
                    return true;
                });
                return true;
            case "matchExpressions":
                QuietWalk.EachItem(tokens, () => ReadRequirement(tokens));
                return true;
            default:
                return false;
        }
    }

    private void ReadRequirement(ManifestTokenReader tokens)
    {
        string key = "", @operator = "";
        List<string> values = [];
        QuietWalk.EachField(tokens, field =>
        {
            switch (field)
            {
                case "key":
                    key = QuietWalk.Text(tokens) ?? "";
                    return true;
                case "operator":
                    @operator = QuietWalk.Text(tokens) ?? "";
                    return true;
                case "values":
                    values = QuietWalk.Texts(tokens);
                    return true;
                default:
                    return false;
            }
        });
        _requirements.Add(new LabelSelectorRequirement(key, @operator, values));
    }

    private void ReadEndpoint(ManifestTokenReader tokens)
    {
        string? name = null;
        PortNumberOrName? onPod = null;
        QuietWalk.EachField(tokens, field =>
        {
            switch (field)
            {
                case "port":
                    name = QuietWalk.Text(tokens);
                    return true;
                case "targetPort" or "portNumber":
                    var isNumber = tokens.Kind == ManifestTokenKind.Number;
                    var text = QuietWalk.Text(tokens);
                    onPod = !isNumber ? text is { Length: > 0 } ? new PortNumberOrName(0, text) : null
                        : int.TryParse(text, out var number) ? new PortNumberOrName(number, null) : null;
                    return true;
                default:
                    return false;
            }
        });
        if (name is not null || onPod is not null)
            _ports.Add(new ScrapedPort(name, onPod));
    }
}
