using System.Globalization;

namespace NetPolTools.Reading;

/// <summary>Writes floats as Go writes them, so that values and keys read as they do on the API server.</summary>
internal static class FloatText
{
    /// <summary>As Go's JSON encoder does: <c>80</c> for 80.0, exponents only for the very large and very small.</summary>
    public static string ForJson(double number) =>
        Write(number.ToString("R", CultureInfo.InvariantCulture), minExponent: -6, maxExponent: 20, exponentDigits: 1);

    /// <summary>As sigs.k8s.io/yaml turns a float into a key: in single precision, with exponents from a million on.</summary>
    public static string ForKey(double number) =>
        Write(((float)number).ToString("R", CultureInfo.InvariantCulture), minExponent: -4, maxExponent: 5, exponentDigits: 2);

    private static string Write(string roundTrip, int minExponent, int maxExponent, int exponentDigits)
    {
        var sign = roundTrip[0] == '-' ? "-" : "";
        var (digits, exponent) = Split(roundTrip.AsSpan(sign.Length));
        if (digits.Length == 0)
            return sign + "0";
        if (exponent < minExponent || exponent > maxExponent)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            var power = Math.Abs(exponent).ToString("D" + exponentDigits, CultureInfo.InvariantCulture);
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
        }

        if (exponent < 0)
            return sign + "0." + new string('0', -exponent - 1) + digits;
        return digits.Length <= exponent + 1
            ? sign + digits.PadRight(exponent + 1, '0')
            : sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    /// <summary>The significant digits, and the power of ten of the first of them.</summary>
    private static (string Digits, int Exponent) Split(ReadOnlySpan<char> text)
    {
        var exponent = 0;
        var e = text.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var all = point < 0 ? text.ToString() : string.Concat(whole, text[(point + 1)..]);
        var significant = all.TrimStart('0');
        exponent += whole.Length - 1 - (all.Length - significant.Length);
        return (significant.TrimEnd('0'), exponent);
    }
}
