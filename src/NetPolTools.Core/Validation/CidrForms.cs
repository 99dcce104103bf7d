using System.Globalization;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Validation;

/// <summary>
/// Blocks of addresses that are written so that programs read them differently: with bits behind their prefix, with leading zeros, or IPv4 as IPv6. API
/// servers took them until 1.35; from 1.36 on they refuse them in new objects and leave those alone that they have already
/// (apimachinery, util/validation/ip.go).
/// </summary>
public static class CidrForms
{
    private const int Octal = 8;

    /// <summary>Every such block of a policy, with what it means.</summary>
    public static IReadOnlyList<(DiagnosticId Id, string Path, string Message)> Check(NetworkPolicy policy)
    {
        List<(DiagnosticId Id, string Path, string Message)>? found = null;
        Check(policy.Ingress, "spec.ingress", "from", ref found);
        Check(policy.Egress, "spec.egress", "to", ref found);
        return found ?? [];
    }

    /// <summary>Why the API server of a version refuses the blocks of a new policy; none before it came to do so.</summary>
    /// <param name="policy">With whatever blocks.</param>
    /// <param name="version">Of the server that is to take it.</param>
    public static IReadOnlyList<FieldError> Refused(NetworkPolicy policy, KubernetesVersion version)
    {
        return version >= KubernetesVersion.StrictCidrs && Check(policy) is { Count: > 0 } forms ? Refused(forms, version) : [];
    }

    private static FieldError[] Refused(IReadOnlyList<(DiagnosticId Id, string Path, string Message)> forms, KubernetesVersion version) =>
    [
        .. forms.Select(form => new FieldError(form.Path, $"{form.Message} The API server of Kubernetes {version} refuses it in new policies.")
        {
            Id = form.Id,
        }),
    ];

    private static void Check(
        IReadOnlyList<NetworkPolicyRule>? rules, string path, string peersField, ref List<(DiagnosticId Id, string Path, string Message)>? found)
    {
        for (var r = 0; r < rules?.Count; r++)
        {
            for (var p = 0; p < rules[r].Peers?.Count; p++)
            {
                if (rules[r].Peers![p].IPBlock is not { } block)
                    continue;
                var place = new RulePath(path, r, peersField, p, ".ipBlock");
                if (Meaning(block.Cidr) is { } odd)
                    (found ??= []).Add((odd.Id, $"{place}.cidr", odd.Message));
                for (var e = 0; e < block.Except.Count; e++)
                {
                    if (Meaning(block.Except[e]) is { } oddException)
                        (found ??= []).Add((oddException.Id, $"{place}.except[{e}]", oddException.Message));
                }
            }
        }
    }

    /// <summary>What a block means that is not written in its plain form; null for one that is, and for what is no block.</summary>
    private static (DiagnosticId Id, string Message)? Meaning(string cidr)
    {
        if (!AddressRange.TryParseCidr(cidr, out var range, out var prefix, out var hasHostBits))
            return null;
        if (!hasHostBits && !MayBeOdd(cidr))
            return null;
        var slash = cidr.IndexOf('/');
        var meaning = $"{range.FirstAddress}/{prefix}";
        if (HasLeadingZeros(cidr[(slash + 1)..]) || IPv4Parts(cidr[..slash]).Any(HasLeadingZeros))
            return (DiagnosticId.AmbiguousCidr, $"{Excerpt.Of(cidr)} has leading zeros; {OfZeros(cidr[..slash], prefix, meaning)}");
        if (IsMapped(cidr[..slash]))
        {
            return (
                DiagnosticId.AmbiguousCidr,
                $"{Excerpt.Of(cidr)} has an IPv4 address written as one of IPv6; Kubernetes reads {meaning}, other programs addresses of IPv6 that no "
                    + "packet has.");
        }

        return hasHostBits ? (DiagnosticId.MaskedHostBits, $"{cidr} has bits set behind its prefix; it means {meaning}.") : null;
    }

    /// <summary>Whether there is any sign of leading zeros, or of IPv4 within IPv6. Of hundreds of thousands of blocks hardly one has any.</summary>
    private static bool MayBeOdd(ReadOnlySpan<char> cidr)
    {
        var isStart = true;
        for (var i = 0; i < cidr.Length; i++)
        {
            if (isStart && cidr[i] == '0' && i + 1 < cidr.Length && char.IsAsciiDigit(cidr[i + 1]))
                return true;
            isStart = !char.IsAsciiHexDigit(cidr[i]);
        }

        return cidr.Contains(':') && (cidr.Contains('.') || cidr.Contains("ffff", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Both readings, where zeros in front make octal numbers of other values.</summary>
    private static string OfZeros(string address, int prefix, string meaning)
    {
        if (address.Contains(':'))
            return $"it means {meaning}.";
        uint value = 0;
        foreach (var part in IPv4Parts(address))
        {
            var number = HasLeadingZeros(part) ? FromOctal(part) : int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);
            if (number is null or > 255)
                return $"Kubernetes reads {meaning}, programs that take such numbers for octal refuse it.";
            value = (value << 8) | (uint)number.Value;
        }

        var hostMask = prefix == 0 ? uint.MaxValue : (uint)((1UL << (32 - prefix)) - 1);
        var octal = $"{new NetAddress(AddressFamilyKind.IPv4, value & ~hostMask)}/{prefix}";
        return octal == meaning ? $"it means {meaning}." : $"Kubernetes reads {meaning}, programs that take such numbers for octal read {octal}.";
    }

    private static int? FromOctal(string digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (digit >= '0' + Octal)
                return null;
            value = Math.Min((value * Octal) + (digit - '0'), ushort.MaxValue);
        }

        return value;
    }

    private static bool HasLeadingZeros(string number) => number.Length > 1 && number[0] == '0';

    /// <summary>The decimal numbers of an address: of one of IPv6, those at its end, if there are any.</summary>
    private static string[] IPv4Parts(string address)
    {
        var last = address[(address.LastIndexOf(':') + 1)..];
        return last.Contains('.') ? last.Split('.') : [];
    }

    /// <summary>Such an address is read as one of IPv4, whatever the prefix makes of it.</summary>
    private static bool IsMapped(string address) =>
        address.Contains(':') && NetAddress.TryParse(address, out var read) && read.Family == AddressFamilyKind.IPv4;
}
