using System.Globalization;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Sets;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads ports and protocols, which are numbers or strings (api/pkg/lib/numorstring).</summary>
internal static class CalicoPortReader
{
    private const string PortShape = "a port: a number, a range such as 6000:7000, or a name";
    private const int LongestName = 128;

    public static List<CalicoPort> ReadPorts(FieldReader fields)
    {
        var ports = new List<CalicoPort>();
        if (!fields.EnterArray("a list of ports, such as [80, 6000:7000, http]"))
            return ports;
        while (fields.NextItem())
        {
            if (ReadPort(fields) is { } port)
                ports.Add(port);
        }

        return ports;
    }

    /// <summary>A string of digits is a number.</summary>
    public static CalicoProtocol? ReadProtocol(FieldReader fields)
    {
        switch (fields.Kind)
        {
            case ManifestTokenKind.String:
                return new CalicoProtocol(fields.Tokens.Text);
            case ManifestTokenKind.Number when byte.TryParse(fields.Tokens.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return new CalicoProtocol(number.ToString(CultureInfo.InvariantCulture));
            case ManifestTokenKind.Null:
                return null;
            default:
                fields.Wrong("a protocol: TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite or a number from 1 to 255");
                return null;
        }
    }

    /// <summary>Null for what is wrong, which is reported.</summary>
    private static CalicoPort? ReadPort(FieldReader fields)
    {
        switch (fields.Kind)
        {
            case ManifestTokenKind.String:
                return ReadText(fields, fields.Tokens.Text);
            case ManifestTokenKind.Number when Number(fields.Tokens.Text) is { } number:
                return new CalicoPort(number);
            default:
                // Null too: the API has no port that is nothing.
                fields.Wrong(PortShape);
                return null;
        }
    }

    private static CalicoPort? ReadText(FieldReader fields, string text)
    {
        var colon = text.IndexOf(':');
        var (first, last) = colon < 0 ? (text, text) : (text[..colon], text[(colon + 1)..]);
        if (IsDigits(first) && IsDigits(last))
        {
            if (Number(first) is not { } from || Number(last) is not { } to)
                fields.Report(DiagnosticId.InvalidValue, $"Found {Excerpt.Of(text)}; ports are numbers from {PortSet.MinPort} to {PortSet.MaxPort}.");
            else if (from > to)
                fields.Report(DiagnosticId.InvalidValue, $"The range {text} ends before it begins.");
            else
                return new CalicoPort(from, to, null);
            return null;
        }

        if (text.Length is > 0 and <= LongestName && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
            return new CalicoPort(text);
        fields.Report(DiagnosticId.InvalidValue, $"'{Excerpt.Of(text)}' is no port; expected {PortShape}.");
        return null;
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static int? Number(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
