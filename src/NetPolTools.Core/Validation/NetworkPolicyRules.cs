using System.Globalization;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Validation;

/// <summary>
/// What kube-apiserver refuses in a NetworkPolicy that is well formed (pkg/apis/networking/validation), with its field paths. What it does not
/// check (duplicates, rules against policyTypes, host bits) is not checked here either.
/// </summary>
public static class NetworkPolicyRules
{
    public static IReadOnlyList<FieldError> Check(NetworkPolicy policy)
    {
        var errors = new List<FieldError>();
        MetadataRules.Check(policy.Metadata, errors);
        LabelSelectorRules.Check(policy.PodSelector, "spec.podSelector", errors);
        CheckRules(policy.Ingress, "spec.ingress", "from", errors);
        CheckRules(policy.Egress, "spec.egress", "to", errors);
        CheckPolicyTypes(policy.PolicyTypes, errors);
        return errors;
    }

    /// <summary>Of a peer that is in no policy yet: paths begin below it.</summary>
    public static IReadOnlyList<FieldError> Check(NetworkPolicyPeer peer)
    {
        var errors = new List<FieldError>();
        CheckPeer(peer, "", errors);
        return [.. errors.Select(static error => error with { Path = error.Path.TrimStart('.') })];
    }

    /// <summary>Of a port that is in no policy yet: paths begin below it.</summary>
    public static IReadOnlyList<FieldError> Check(NetworkPolicyPort port)
    {
        var errors = new List<FieldError>();
        CheckPort(port, "", errors);
        return [.. errors.Select(static error => error with { Path = error.Path.TrimStart('.') })];
    }

    private static void CheckRules(IReadOnlyList<NetworkPolicyRule>? rules, string path, string peersField, List<FieldError> errors)
    {
        for (var r = 0; r < rules?.Count; r++)
        {
            for (var i = 0; i < rules[r].Ports?.Count; i++)
                CheckPort(rules[r].Ports![i], new RulePath(path, r, "ports", i), errors);
            for (var i = 0; i < rules[r].Peers?.Count; i++)
                CheckPeer(rules[r].Peers![i], new RulePath(path, r, peersField, i), errors);
        }
    }

    private static void CheckPort(NetworkPolicyPort port, RulePath path, List<FieldError> errors)
    {
        if (port.Protocol is not (null or "TCP" or "UDP" or "SCTP"))
            errors.Add(new FieldError($"{path}.protocol", $"'{Excerpt.Of(port.Protocol)}' is not supported; expected TCP, UDP or SCTP, in capitals."));

        if (port.Port is null)
        {
            if (port.EndPort is not null)
                errors.Add(new FieldError($"{path}.endPort", "endPort ends a range that begins with port, and there is no port."));
        }
        else if (port.Port is { Name: { } name })
        {
            if (port.EndPort is not null)
                errors.Add(new FieldError($"{path}.endPort", $"endPort needs a numeric port, and port is the name '{Excerpt.Of(name)}'."));
            if (NameRules.CheckPortName(name) is { } wrong)
                errors.Add(new FieldError($"{path}.port", $"The port name '{Excerpt.Of(name)}' {wrong}."));
        }
        else if (port.Port is { Number: var number })
        {
            if (NameRules.CheckPortNumber(number) is { } wrong)
                errors.Add(new FieldError($"{path}.port", $"The port {number} {wrong}."));
            if (port.EndPort < number)
                errors.Add(new FieldError($"{path}.endPort", $"endPort {port.EndPort} lies before port {number}; a range ends where it begins or later."));
            if (port.EndPort is { } end && NameRules.CheckPortNumber(end) is { } wrongEnd)
                errors.Add(new FieldError($"{path}.endPort", $"The port {end} {wrongEnd}."));
        }
    }

    private static void CheckPeer(NetworkPolicyPeer peer, RulePath path, List<FieldError> errors)
    {
        if (peer.PodSelector is not null)
            LabelSelectorRules.Check(peer.PodSelector, path with { Field = ".podSelector" }, errors);
        if (peer.NamespaceSelector is not null)
            LabelSelectorRules.Check(peer.NamespaceSelector, path with { Field = ".namespaceSelector" }, errors);
        if (peer.IPBlock is not null)
            CheckIPBlock(peer.IPBlock, path with { Field = ".ipBlock" }, errors);

        if (peer.PodSelector is null && peer.NamespaceSelector is null && peer.IPBlock is null)
        {
            errors.Add(new FieldError(
                path.ToString(),
                "A peer must say something: expected podSelector, namespaceSelector or ipBlock. A selector with nothing behind it is null; for every "
                + "pod write {}. For every peer, leave from or to out."));
        }
        else if (peer.IPBlock is not null && (peer.PodSelector is not null || peer.NamespaceSelector is not null))
        {
            errors.Add(new FieldError(path.ToString(), "ipBlock stands alone in its peer; write the selectors as a peer of their own, with a dash."));
        }
    }

    private static void CheckIPBlock(IPBlock block, RulePath path, List<FieldError> errors)
    {
        if (block.Cidr.Length == 0)
        {
            errors.Add(new FieldError($"{path}.cidr", "cidr is required, such as 10.0.0.0/24 or 2001:db8::/64."));
            return;
        }

        if (!AddressRange.TryParseCidr(block.Cidr, out var range, out _, out _))
        {
            errors.Add(new FieldError($"{path}.cidr", NotACidr(block.Cidr)));
            return;
        }

        for (var i = 0; i < block.Except.Count; i++)
        {
            if (!AddressRange.TryParseCidr(block.Except[i], out var except, out _, out _))
                errors.Add(new FieldError($"{path}.except[{i}]", NotACidr(block.Except[i])));
            else if (!range.Contains(except) || WrittenPrefix(block.Except[i]) <= WrittenPrefix(block.Cidr))
                errors.Add(new FieldError(
                    $"{path}.except[{i}]", $"{Excerpt.Of(block.Except[i])} must lie inside {Excerpt.Of(block.Cidr)}, with a longer prefix."));
        }
    }

    /// <summary>The server compares prefixes as they are written, also where one of the two is an IPv4 block written as one of IPv6.</summary>
    private static int WrittenPrefix(string cidr) => int.Parse(cidr.AsSpan(cidr.IndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string NotACidr(string text) => NetAddress.TryParse(text, out var address)
        ? $"'{Excerpt.Of(text)}' is an address, expected a CIDR block; for this one address write {text}/{NetAddress.Bits(address.Family)}."
        : $"'{Excerpt.Of(text)}' is not a CIDR block; expected a form such as 10.0.0.0/24 or 2001:db8::/64.";

    private static void CheckPolicyTypes(IReadOnlyList<string>? types, List<FieldError> errors)
    {
        if (types?.Count > 2)
        {
            errors.Add(new FieldError("spec.policyTypes", "There may be at most two policyTypes: Ingress and Egress."));
            return;
        }

        for (var i = 0; i < types?.Count; i++)
        {
            if (types[i] is not ("Ingress" or "Egress"))
                errors.Add(new FieldError(
                    $"spec.policyTypes[{i}]", $"'{Excerpt.Of(types[i])}' is not a policy type; expected Ingress or Egress, with exactly this case."));
        }
    }
}
