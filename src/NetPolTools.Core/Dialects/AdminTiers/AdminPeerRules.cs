using System.Text.RegularExpressions;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>What the API server refuses in the peers of an admin policy's rule.</summary>
internal static partial class AdminPeerRules
{
    private const int LongestNetwork = 43;
    private const string DomainShape = @"^(\*\.)?([a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.)+[a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.?$";

    public static void Check(AdminPolicyKind kind, PolicyDirection direction, IReadOnlyList<AdminPeer>? peers, string path, List<FieldError> errors)
    {
        if (peers is null)
        {
            errors.Add(AdminPolicyRules.Required(path));
            return;
        }

        AdminPolicyRules.CheckCount(peers.Count, 1, kind.MostItems, path, errors);
        for (var i = 0; i < peers.Count; i++)
        {
            Check(kind, peers[i], $"{path}[{i}]", errors);
            CheckMembers(kind, direction, peers[i], $"{path}[{i}]", errors);
        }
    }

    public static void Check(AdminPolicyKind kind, AdminPeer peer, string path, List<FieldError> errors)
    {
        AdminPolicyRules.CheckOne(peer.Members().Count(), path, errors);
        if (peer.Pods is { } pods)
            AdminPolicyRules.CheckPods(kind, pods, path + ".pods", errors);
        if (peer.Networks is { } networks)
            CheckNetworks(networks, path + ".networks", errors);
        if (peer.DomainNames is { } names)
            CheckNames(names, path + ".domainNames", errors);
    }

    /// <summary>What the schema of a peer of this kind and direction lacks. Manifests never come here with such a member: it is an unknown field
    /// there.</summary>
    private static void CheckMembers(AdminPolicyKind kind, PolicyDirection direction, AdminPeer peer, string path, List<FieldError> errors)
    {
        foreach (var member in peer.Members().Where(member => member is not ("namespaces" or "pods")))
        {
            if (direction == PolicyDirection.Ingress)
                errors.Add(new FieldError($"{path}.{member}", "Unknown field: peers of ingress rules are pods alone."));
            else if (member == "domainNames" && !kind.HasDomainNames)
                errors.Add(new FieldError($"{path}.{member}", $"Unknown field: a {kind.Name} has no domain names."));
        }
    }

    private static void CheckNetworks(IReadOnlyList<string> networks, string path, List<FieldError> errors)
    {
        AdminPolicyRules.CheckCount(networks.Count, 1, AdminPolicyKind.MostNetworks, path, errors);
        for (var i = 0; i < networks.Count; i++)
        {
            if (networks[i].Length > LongestNetwork)
                errors.Add(new FieldError($"{path}[{i}]", $"Too long: may not be more than {LongestNetwork} bytes."));
            else if (!IsCidr(networks[i]))
                errors.Add(new FieldError($"{path}[{i}]", $"Invalid value: \"{Excerpt.Of(networks[i])}\": Invalid CIDR format provided."));
        }

        CheckTwice(networks, path, errors);
    }

    private static void CheckNames(IReadOnlyList<string> names, string path, List<FieldError> errors)
    {
        AdminPolicyRules.CheckCount(names.Count, 1, AdminPolicyKind.MostNetworks, path, errors);
        for (var i = 0; i < names.Count; i++)
        {
            if (!DomainPattern().IsMatch(names[i]))
                errors.Add(new FieldError($"{path}[{i}]", $"Invalid value: \"{Excerpt.Of(names[i])}\": {path}[{i}] in body should match '{DomainShape}'."));
        }

        CheckTwice(names, path, errors);
    }

    private static void CheckTwice(IReadOnlyList<string> items, string path, List<FieldError> errors)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < items.Count; i++)
        {
            if (!seen.Add(items[i]))
                errors.Add(new FieldError($"{path}[{i}]", $"Duplicate value: \"{Excerpt.Of(items[i])}\"."));
        }
    }

    /// <summary>CEL's isCIDR: an address without leading zeros and not an IPv4-mapped one, and a prefix length; host bits are taken.</summary>
    private static bool IsCidr(string text)
    {
        if (!AddressRange.TryParseCidr(text, out var range, out _, out _))
            return false;
        var slash = text.IndexOf('/');
        if (text[(slash + 1)..] is ['0', _, ..])
            return false;
        return text.Contains(':')
            ? range.Family == AddressFamilyKind.IPv6 && !text[..slash].Contains('.')
            : Array.TrueForAll(text[..slash].Split('.'), static part => part is not ['0', _, ..]);
    }

    [GeneratedRegex(DomainShape, RegexOptions.CultureInvariant)]
    private static partial Regex DomainPattern();
}
