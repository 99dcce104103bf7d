using NetPolTools.Validation;
using static NetPolTools.Dialects.Calico.CalicoRefusals;

namespace NetPolTools.Dialects.Calico;

/// <summary>What Calico refuses in one rule, but for what depends on the policy.</summary>
internal sealed class CalicoRuleRules(CalicoRule rule, string path, CalicoRefusals found)
{
    private const int MostHttpItems = 20;
    private const int LongestHttpPath = 1024;

    public void Check()
    {
        found.CheckWord(rule.Action, $"{path}.action", CalicoRule.Allow, CalicoRule.Deny, CalicoRule.Log, CalicoRule.Pass);
        if (rule.IPVersion is not (null or 4 or 6))
            found.Add($"{path}.ipVersion", $"Found {rule.IPVersion}, expected 4 or 6.");
        CheckProtocol(rule.Protocol, "protocol");
        CheckProtocol(rule.NotProtocol, "notProtocol");
        CheckIcmp();
        CheckEntity(rule.Source, "source");
        CheckEntity(rule.Destination, "destination");
        new CalicoNetRules(rule, path, found).Check();
        CheckHttp();
        if (rule.Destination is { Services: not null, Ports.Count: > 0 })
            found.Add($"{path}.destination.ports", "With services no ports may stand: the ports are those of the Service's endpoints.");
        if (rule.Destination is { Services: not null, NotPorts.Count: > 0 })
            found.Add($"{path}.destination.notPorts", "With services no notPorts may stand: the ports are those of the Service's endpoints.");
        if (rule.Annotations.Count > 0)
        {
            var errors = new List<FieldError>();
            MetadataRules.CheckAnnotations(rule.Annotations, $"{path}.metadata.annotations", errors);
            found.AddAll(errors);
        }
    }

    private void CheckProtocol(CalicoProtocol? protocol, string field)
    {
        if (protocol is not { } given)
            return;
        if (given.Number is null)
        {
            found.Add(
                $"{path}.{field}", $"'{Excerpt.Of(given.Text)}' is no protocol; expected TCP, UDP, ICMP, ICMPv6, SCTP or UDPLite, in this case, or a number "
                + "from 1 to 255.");
        }
        else if (given.Number == 0)
        {
            found.Add($"{path}.{field}", "Found the protocol number 0, expected 1 to 255.");
        }
    }

    private void CheckIcmp()
    {
        CheckFields(rule.Icmp, "icmp");
        CheckFields(rule.NotIcmp, "notICMP");
        if (rule.Icmp is not null && rule.Protocol is not { Text: "ICMP" or "ICMPv6" })
        {
            const string message = "With icmp the protocol must be ICMP or ICMPv6.";
            if (rule.Protocol?.Number is CalicoProtocol.Icmp or CalicoProtocol.IcmpV6)
                found.AddBefore(V333, $"{path}.icmp", message);
            else
                found.Add($"{path}.icmp", message);
        }

        CheckVersion(CalicoProtocol.Icmp, "ICMP", 4);
        CheckVersion(CalicoProtocol.IcmpV6, "ICMPv6", 6);

        void CheckFields(CalicoIcmp? icmp, string field)
        {
            if (icmp is null)
                return;
            if (icmp.Type is < 0 or > 254)
                found.Add($"{path}.{field}.type", $"Found {icmp.Type}, expected 0 to 254.");
            if (icmp.Code is < 0 or > 255)
                found.Add($"{path}.{field}.code", $"Found {icmp.Code}, expected 0 to 255.");
            if (icmp is { Code: not null, Type: null })
                found.Add($"{path}.{field}.code", "A code needs a type beside it.");
        }

        void CheckVersion(int number, string name, int version)
        {
            if (rule.IPVersion is not { } given || given == version || (rule.Protocol?.Number != number && rule.NotProtocol?.Number != number))
                return;
            var message = $"With the protocol {name} the ipVersion is {version}.";
            if (rule.Protocol?.Text == name || rule.NotProtocol?.Text == name)
                found.Add($"{path}.ipVersion", message);
            else
                found.AddSince(V333, $"{path}.ipVersion", message);
        }
    }

    private void CheckHttp()
    {
        if (rule.Http is not { } http)
            return;
        if (rule.Action != CalicoRule.Allow)
            found.Add($"{path}.http", "http is for rules with the action Allow only.");
        if (rule.Protocol is { } protocol && protocol.Text != "TCP")
        {
            const string message = "With http the protocol must be TCP, or not be given.";
            if (protocol.Number == CalicoProtocol.Tcp)
                found.AddBefore(V333, $"{path}.protocol", message);
            else
                found.Add($"{path}.protocol", message);
        }

        found.CheckLimit(http.Methods.Count, MostHttpItems, $"{path}.http.methods", "methods", V332);
        found.CheckLimit(http.Paths.Count, MostHttpItems, $"{path}.http.paths", "paths", V332);
        if (http.Methods.Distinct().Count() < http.Methods.Count)
            found.Add($"{path}.http.methods", "A method stands twice.");
        for (var i = 0; i < http.Paths.Count; i++)
            CheckPath(http.Paths[i], $"{path}.http.paths[{i}]");
    }

    private void CheckPath(CalicoHttpPath given, string place)
    {
        var (isExact, isPrefix) = (!string.IsNullOrEmpty(given.Exact), !string.IsNullOrEmpty(given.Prefix));
        if (isExact == isPrefix)
        {
            found.Add(place, isExact ? "Found exact and prefix, expected one of them." : "Expected exact or prefix.");
            return;
        }

        var text = isExact ? given.Exact! : given.Prefix!;
        found.CheckLimit(text.Length, LongestHttpPath, place, "characters", V332);
        if (text[0] != '/' || text.AsSpan().ContainsAny('?', ' ', '#'))
            found.Add(place, $"The path '{Excerpt.Of(text)}' must begin with '/' and have no '?', '#' or space in it.");
    }

    private void CheckEntity(CalicoEntity entity, string field)
    {
        var place = $"{path}.{field}";
        found.CheckSelectorWithoutGlobal(entity.Selector, $"{place}.selector");
        found.CheckSelector(entity.NotSelector, $"{place}.notSelector");
        if (found.CheckSelector(entity.NamespaceSelector, $"{place}.namespaceSelector") && MixesGlobal(entity.NamespaceSelector))
            found.Add($"{place}.namespaceSelector", "global() stands alone: it cannot be combined with other selectors.");
        if (entity.ServiceAccounts is { } accounts)
            found.CheckSelector(accounts.Selector, $"{place}.serviceAccounts.selector");
        if (entity.Services is { } service)
            CalicoServiceRules.Check(entity, service, place, found);
        CalicoPortRules.Check(rule.Protocol, entity.Ports, $"{place}.ports", found);
        CalicoPortRules.Check(rule.Protocol, entity.NotPorts, $"{place}.notPorts", found);
    }

    private static bool MixesGlobal(string? selector) => selector is not null && selector.Contains("global(", StringComparison.Ordinal)
        && (CalicoSelector.Parse(selector) is not CalicoSelector.Global || !selector.TrimStart(' ', '\t').StartsWith("global(", StringComparison.Ordinal));
}
