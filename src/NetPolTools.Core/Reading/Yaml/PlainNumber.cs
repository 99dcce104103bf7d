using System.Globalization;

namespace NetPolTools.Reading;

/// <summary>Reads unquoted numbers as go-yaml v2 does.</summary>
/// <remarks>
/// Integers may have a sign, underscores anywhere, and the prefixes 0x, 0o, 0b and plain 0 for octal. Digits that are no integer of
/// 64 bits, such as <c>080</c>, may still be a float. What is neither is a string: <c>10.0.0.1</c>, <c>0x</c>, <c>1e999</c>.
/// </remarks>
internal static class PlainNumber
{
    /// <summary>So many decimal digits always fit into 64 bits.</summary>
    private const int SafeDigits = 18;

    public static ScalarType Resolve(string written, out string value)
    {
        value = written;
        if (IsPlainDecimal(written))
            return ScalarType.Integer;

        // Underscores are dropped before a number is looked for, except where it begins with its decimal point.
        var text = written[0] == '.' ? written : written.Replace("_", "", StringComparison.Ordinal);
        if (TryInteger(text, out value))
            return ScalarType.Integer;
        if (IsFloat(text))
        {
            var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (double.IsFinite(number))
            {
                value = FloatText.ForJson(number);
                return ScalarType.Float;
            }
        }

        value = written;
        return ScalarType.String;
    }

    /// <summary>Whether JSON writes the number just so, as it does nearly all numbers of a manifest.</summary>
    private static bool IsPlainDecimal(string written) =>
        written.Length <= SafeDigits
        && (written[0] != '0' || written.Length == 1)
        && !written.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool TryInteger(ReadOnlySpan<char> text, out string value)
    {
        value = "";
        var isSigned = text[0] is '+' or '-';
        var isNegative = text[0] == '-';
        var digits = isSigned ? text[1..] : text;
        if (!TryMagnitude(digits, out var magnitude))
            return false;
        if (isSigned && magnitude > (isNegative ? 1UL << 63 : long.MaxValue))
            return false;
        value = (isNegative && magnitude != 0 ? "-" : "") + magnitude.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private static bool TryMagnitude(ReadOnlySpan<char> digits, out ulong magnitude)
    {
        magnitude = 0;
        if (digits.Length == 0)
            return false;
        var radix = Radix(ref digits);
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? (uint)Convert.ToInt32(c.ToString(), 16) : uint.MaxValue;
            if (digit >= radix)
                return false;
            var next = ((UInt128)magnitude * radix) + digit;
            if (next > ulong.MaxValue)
                return false;
            magnitude = (ulong)next;
        }

        return true;
    }

    private static uint Radix(ref ReadOnlySpan<char> digits)
    {
        if (digits[0] != '0')
            return 10;
        var radix = digits.Length < 3 ? 0u : digits[1] switch
        {
            'x' or 'X' => 16,
            'o' or 'O' => 8,
            'b' or 'B' => 2,
            _ => 0u,
        };
        digits = digits[(radix == 0 ? 1 : 2)..];
        return radix == 0 ? 8 : radix;
    }

    /// <summary>An optional sign, digits with a point at most among or beside them, and an optional exponent.</summary>
    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        if (text[0] is '+' or '-')
            text = text[1..];
        var whole = Digits(ref text);
        var fraction = 0;
        var hasPoint = text.StartsWith(".");
        if (hasPoint)
        {
            text = text[1..];
            fraction = Digits(ref text);
        }

        if (whole + fraction == 0)
            return false;
        if (text.Length == 0)
            return true;
        if (text[0] is not ('e' or 'E'))
            return false;
        text = text[1..];
        if (text.Length > 0 && text[0] is '+' or '-')
            text = text[1..];
        return Digits(ref text) > 0 && text.Length == 0;
    }

    private static int Digits(ref ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        if (count < 0)
            count = text.Length;
        text = text[count..];
        return count;
    }
}
