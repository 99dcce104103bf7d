using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Why Cilium rejects ports, what is above ports, and types of ICMP messages.</summary>
internal static class CiliumPortRules
{
    private const int MostPorts = 40;
    private const int MostIcmpFields = 40;

    public static void Check(CiliumEntry entry, PolicyDirection direction, bool isOfHost, RulePath path, List<FieldError> errors)
    {
        for (var i = 0; i < entry.Ports?.Count; i++)
            Check(entry.Ports[i], direction, isOfHost, path with { List = "toPorts", Item = i }, errors);
        for (var i = 0; i < entry.Icmps?.Count; i++)
            CheckIcmp(entry.Icmps[i], path with { List = "icmps", Item = i }, errors);
    }

    private static void Check(CiliumPortRule rule, PolicyDirection direction, bool isOfHost, RulePath path, List<FieldError> errors)
    {
        var hasDns = rule.RulesOf("dns").Count > 0;
        var hasHttp = rule.RulesOf("http").Count + rule.RulesOf("kafka").Count > 0;
        if (hasDns && direction == PolicyDirection.Ingress)
            errors.Add(new FieldError($"{path}.rules.dns", "L7 protocol DNS is not supported on ingress yet."));
        if (isOfHost && hasDns | hasHttp && direction == PolicyDirection.Ingress)
            errors.Add(new FieldError($"{path}.rules", "L7 policy is not supported on host ingress yet."));
        else if (isOfHost && hasHttp)
            errors.Add(new FieldError($"{path}.rules", "L7 rules but those for DNS are not supported on host egress yet."));
        if (rule.Ports?.Count > MostPorts)
            errors.Add(new FieldError($"{path}.ports", $"too many ports, the max is {MostPorts}."));
        for (var i = 0; i < rule.Ports?.Count; i++)
            CheckPort(rule.Ports[i], rule, hasDns, path, i, errors);
        CheckAbovePorts(rule, direction, path, errors);
    }

    private static void CheckPort(CiliumPort port, CiliumPortRule rule, bool hasDns, RulePath path, int number, List<FieldError> errors)
    {
        var protocol = CiliumProtocol.Of(port.Protocol);
        if (protocol is null)
        {
            errors.Add(new FieldError(Path(".protocol"), $"invalid protocol \"{Excerpt.Of(port.Protocol!)}\": expected one of "
                + $"{string.Join(", ", CiliumProtocol.Names)}."));
        }

        if (port.Port is not { Length: > 0 })
        {
            if (protocol?.IsExtended != true)
                errors.Add(new FieldError(Path(""), "port must be specified."));
        }
        else if (!CiliumPortNumber.IsName(port.Port) && CiliumPortNumber.Parse(port.Port) is null)
        {
            errors.Add(new FieldError(Path(".port"), $"unable to parse port: \"{Excerpt.Of(port.Port)}\" is neither a number from 0 to 65535 nor a name."));
        }

        var value = port.Port is null ? null : CiliumPortNumber.Parse(port.Port);
        if (protocol?.IsExtended == true && value is > 0)
            errors.Add(new FieldError(Path(".port"), "port must be empty or 0."));
        if (port.EndPort is < 0 or > 65535)
            errors.Add(new FieldError(Path(".endPort"), $"Invalid value: {port.EndPort}: expected 0 to 65535."));
        if (hasDns && value is { } first && port.EndPort > first)
            errors.Add(new FieldError(Path(".endPort"), "DNS rules do not support port ranges."));
        if (rule.HasRules && !hasDns && protocol is not null && protocol.Name != "TCP")
            errors.Add(new FieldError(Path(""), $"L7 rules can only apply to TCP (not {protocol.Name}) except for DNS rules."));
        if (rule.HasRules && value == 0)
            errors.Add(new FieldError(Path(".port"), "L7 rules can not be used when a port is 0."));

        string Path(string field) => $"{path}.ports[{number}]{field}";
    }

    private static void CheckAbovePorts(CiliumPortRule rule, PolicyDirection direction, RulePath path, List<FieldError> errors)
    {
        if (rule.ServerNames is { Count: > 0 } names)
        {
            if (rule.HasRules && rule.TerminatingTls is null)
                errors.Add(new FieldError($"{path}.serverNames", "ServerNames are not allowed with L7 rules without TLS termination."));
            if (names.Contains(""))
                errors.Add(new FieldError($"{path}.serverNames", "Empty server name is not allowed."));
        }

        if (rule.Listener is not null && direction == PolicyDirection.Ingress)
            errors.Add(new FieldError($"{path}.listener", "Listener is not allowed on ingress."));
        if (rule.Listener is not null && rule.HasRules)
            errors.Add(new FieldError($"{path}.listener", "Listener is not allowed with L7 rules."));
        if (rule.Rules is not { } rules)
            return;
        string[] kinds = [.. rules.Fields.Where(static field => field.Key is "http" or "kafka" or "dns" or "l7proto").Select(static field => field.Key)];
        if (kinds.Length > 1)
            errors.Add(new FieldError($"{path}.rules", "multiple L7 protocol rule types specified in single rule."));
        if (rules["l7"] is not null && rules["l7proto"] is null)
            errors.Add(new FieldError(path + ".rules.l7", "'l7' may only be specified when a 'l7proto' is also specified."));
        if (rules["dns"] is not null && rule.Ports is not { Count: > 0 })
            errors.Add(new FieldError($"{path}.rules.dns", "port 53 must be specified for DNS rules."));
        foreach (var (name, _) in rules.Fields.Where(static field => field.Key is not ("http" or "kafka" or "dns" or "l7proto" or "l7")))
            errors.Add(new FieldError($"{path}.rules", $"Unknown field '{Excerpt.Of(name)}'; expected http, dns, kafka, l7proto or l7.", name));
    }

    private static void CheckIcmp(CiliumIcmpRule rule, RulePath path, List<FieldError> errors)
    {
        if (rule.Fields?.Count > MostIcmpFields)
            errors.Add(new FieldError($"{path}.fields", $"too many types, the max is {MostIcmpFields}."));
        for (var i = 0; i < rule.Fields?.Count; i++)
        {
            var field = rule.Fields[i];
            var place = $"{path}.fields[{i}]";
            if (field.Family is { Length: > 0 } family && family is not ("IPv4" or "IPv6"))
                errors.Add(new FieldError(place + ".family", $"wrong family: {Excerpt.Of(family)}; expected IPv4 or IPv6."));
            if (field.Type is not { } type)
                errors.Add(new FieldError(place + ".type", "Required value."));
            else if (CiliumIcmpTypes.Number(field) is null)
                errors.Add(new FieldError(
                    place + ".type", $"ICMP type {Excerpt.Of(type.ToString())} not found in {field.Family ?? "IPv4"}; expected 0 to 255 or a "
                    + "name such as EchoRequest."));
        }
    }
}
