using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the <c>spec</c> of a NetworkPolicy, and tells people who put a field in the wrong place where it belongs.</summary>
/// <param name="fields">Stands on the spec.</param>
/// <param name="readOther">Reads the value of a field that another kind has beside those; false for one that it has not.</param>
internal sealed class NetworkPolicySpecReader(FieldReader fields, Func<string, bool>? readOther = null)
{
    private static readonly RuleWords IngressWords = new("ingress", "from");
    private static readonly RuleWords EgressWords = new("egress", "to");

    public LabelSelector? PodSelector { get; private set; }

    public IReadOnlyList<NetworkPolicyRule>? Ingress { get; private set; }

    public IReadOnlyList<NetworkPolicyRule>? Egress { get; private set; }

    public IReadOnlyList<string>? PolicyTypes { get; private set; }

    public static bool IsSpecField(string name) => name is "podSelector" or "policyTypes" or "ingress" or "egress";

    public void Read()
    {
        if (!fields.EnterObject("a map with podSelector, policyTypes, ingress and egress"))
            return;
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "podSelector":
                    PodSelector = SelectorReader.Read(fields);
                    break;
                case "ingress":
                    Ingress = ReadRules(IngressWords);
                    break;
                case "egress":
                    Egress = ReadRules(EgressWords);
                    break;
                case "policyTypes":
                    PolicyTypes = fields.Known(
                        fields.Shared.PolicyTypes, static types => Indexable.Of(types.Strings("a list: [Ingress], [Egress] or [Ingress, Egress]")));
                    break;
                case var other when readOther?.Invoke(other) == true:
                    break;
                default:
                    Unknown(fields, name, "spec", "podSelector, policyTypes, ingress or egress", name switch
                    {
                        "from" or "ports" => $"'{name}' belongs in a rule: a list item below ingress.",
                        "to" => "'to' belongs in a rule: a list item below egress.",
                        "matchLabels" or "matchExpressions" => $"'{name}' belongs in a selector: indent it below podSelector.",
                        "namespaceSelector" or "ipBlock" => $"'{name}' belongs in a peer: a list item below from or to.",
                        _ => null,
                    });
                    break;
            }
        }
    }

    private FixedList<NetworkPolicyRule>? ReadRules(RuleWords words)
    {
        if (!fields.EnterArray(words.RulesShape))
            return null;
        var rules = fields.Shared.RuleScratch;
        rules.Clear();
        while (fields.NextItem())
            rules.Add(ReadRule(words));
        return Indexable.Owned(rules.ToArray());
    }

    private NetworkPolicyRule ReadRule(RuleWords words)
    {
        var location = fields.Location;
        FixedList<NetworkPolicyPeer>? peers = null;
        FixedList<NetworkPolicyPort>? ports = null;

        // The server reads a null item as {}, which allows everything.
        if (fields.EnterObject(words.RuleShape))
        {
            while (fields.NextField(out var name))
            {
                if (name == words.PeersField)
                    peers = ReadPeers(words);
                else if (name == "ports")
                    ports = ReadPorts();
                else
                    Unknown(fields, name, $"this {words.Direction} rule", $"{words.PeersField} or ports", name switch
                    {
                        "from" => "egress rules say where traffic goes with 'to'.",
                        "to" => "ingress rules say where traffic comes from with 'from'.",
                        "podSelector" or "namespaceSelector" or "ipBlock" => $"'{name}' belongs in a peer: a list item below {words.PeersField}.",
                        "port" or "protocol" or "endPort" => $"'{name}' belongs in an item of ports, with a dash.",
                        _ => null,
                    });
            }
        }

        return new NetworkPolicyRule { Peers = peers, Ports = ports, Location = location };
    }

    private FixedList<NetworkPolicyPeer>? ReadPeers(RuleWords words)
    {
        if (!fields.EnterArray(words.PeersShape))
            return null;
        var peers = fields.Shared.PeerScratch;
        peers.Clear();
        while (fields.NextItem())
            peers.Add(ReadPeer());
        return Indexable.Owned(peers.ToArray());
    }

    private NetworkPolicyPeer ReadPeer()
    {
        var location = fields.Location;
        LabelSelector? podSelector = null, namespaceSelector = null;
        IPBlock? ipBlock = null;
        if (fields.EnterObject("a peer: a map with podSelector, namespaceSelector or ipBlock"))
        {
            while (fields.NextField(out var name))
            {
                if (name == "podSelector")
                    podSelector = SelectorReader.Read(fields);
                else if (name == "namespaceSelector")
                    namespaceSelector = SelectorReader.Read(fields);
                else if (name == "ipBlock")
                    ipBlock = fields.Known(fields.Shared.IPBlocks, ReadIPBlock);
                else
                    Unknown(fields, name, "this peer", "podSelector, namespaceSelector or ipBlock", name switch
                    {
                        "matchLabels" or "matchExpressions" => $"'{name}' belongs in a selector: indent it below podSelector or namespaceSelector.",
                        "cidr" or "except" => $"'{name}' belongs in ipBlock: indent it below ipBlock.",
                        "port" or "protocol" or "ports" or "endPort" => "ports stand beside from and to, not in a peer.",
                        _ => null,
                    });
            }
        }

        return new NetworkPolicyPeer { PodSelector = podSelector, NamespaceSelector = namespaceSelector, IPBlock = ipBlock, Location = location };
    }

    private static IPBlock? ReadIPBlock(FieldReader fields)
    {
        if (fields.Kind == ManifestTokenKind.ArrayStart)
        {
            fields.Wrong("a map with cidr and except; remove the dashes below ipBlock: 'ipBlock: {cidr: 10.0.0.0/24, except: [10.0.0.10/32]}'");
            return null;
        }

        if (!fields.EnterObject("a map with cidr and except"))
            return null;
        var cidr = "";
        IReadOnlyList<string> except = [];
        while (fields.NextField(out var name))
        {
            if (name == "cidr")
                cidr = fields.String() ?? "";
            else if (name == "except" && fields.Kind == ManifestTokenKind.String)
                fields.Wrong($"a list of CIDR blocks; write except: [{AsBlock(fields.Tokens.Text)}]");
            else if (name == "except")
                except = fields.Strings("a list of CIDR blocks, such as [10.0.0.10/32]") ?? except;
            else
                Unknown(fields, name, "ipBlock", "cidr or except", null);
        }

        return new IPBlock(cidr, except);

        static string AsBlock(string text) => text.Contains('/') ? text : text + (text.Contains(':') ? "/128" : "/32");
    }

    private FixedList<NetworkPolicyPort>? ReadPorts()
    {
        if (!fields.EnterArray("a list of ports, each with a dash: '- port: 80'"))
            return null;
        var ports = fields.Shared.PortScratch;
        ports.Clear();
        while (fields.NextItem())
            ports.Add(ReadPort());
        return Indexable.Owned(ports.ToArray());
    }

    private NetworkPolicyPort ReadPort()
    {
        var location = fields.Location;
        string? protocol = null;
        PortNumberOrName? port = null;
        int? endPort = null;
        if (fields.EnterObject("a map with protocol and port: '- port: 80'"))
        {
            while (fields.NextField(out var name))
            {
                switch (name)
                {
                    case "protocol":
                        protocol = fields.String();
                        break;
                    case "port":
                        port = fields.PortNumberOrName();
                        break;
                    case "endPort":
                        endPort = fields.Integer();
                        break;
                    default:
                        Unknown(fields, name, "this port", "protocol, port or endPort", null);
                        break;
                }
            }
        }

        return new NetworkPolicyPort { Protocol = protocol, Port = port, EndPort = endPort, Location = location };
    }

    private static void Unknown(FieldReader fields, string name, string place, string expected, string? advice) =>
        fields.Unknown($"Unknown field '{name}' in {place}; expected {expected}{(advice is null ? "." : "; " + advice)}");

    /// <summary>What messages say of the rules of a direction.</summary>
    private sealed record RuleWords(string Direction, string PeersField)
    {
        public string RulesShape { get; } = $"a list of rules, each with a dash: '- {PeersField}: …'";

        public string RuleShape { get; } = $"a rule: a map with {PeersField} and ports";

        public string PeersShape { get; } = $"a list of peers, each with a dash; leave {PeersField} out for every peer";
    }
}
