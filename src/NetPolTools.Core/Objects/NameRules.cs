using System.Buffers;

namespace NetPolTools.Objects;

/// <summary>Kubernetes' rules for names and labels (apimachinery, util/validation and api/validation). Each check gives null or what is wrong.</summary>
public static class NameRules
{
    private static readonly SearchValues<char> DnsCharacters = SearchValues.Create("-0123456789abcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private const int MaxSubdomainLength = 253;
    private const int MaxLabelLength = 63;
    private const int MaxCronJobLength = 52;
    private const int MaxPortNameLength = 15;
    private const int MaxGeneratedStart = 58;

    /// <summary>A DNS-1123 subdomain: at most 253 lower case letters, digits, '-' and '.', each part beginning and ending alphanumeric.</summary>
    public static string? CheckSubdomain(string name)
    {
        if (name.Length > MaxSubdomainLength)
            return $"has {name.Length} characters; at most {MaxSubdomainLength} are allowed";
        return IsSubdomain(name)
            ? null
            : "must consist of lower case letters, digits, '-' or '.', and begin and end with a letter or digit, such as 'example.com'";
    }

    /// <summary>
    /// What a name made from a generateName begins with: its first 58 characters (apiserver, storage/names). Both must be DNS-1123 subdomains, once
    /// what is appended stands behind a hyphen at the end (apimachinery, api/validation/generic.go).
    /// </summary>
    public static string? CheckGenerateName(string generateName) => CheckGenerateName(generateName, CheckSubdomain);

    /// <inheritdoc cref="CheckGenerateName(string)"/>
    /// <param name="generateName">What the name is to begin with.</param>
    /// <param name="checkName">What the kind asks of a name.</param>
    internal static string? CheckGenerateName(string generateName, Func<string, string?> checkName)
    {
        var completed = generateName.Length > 1 && generateName[^1] == '-' ? generateName[..^2] + "a" : generateName;
        return checkName(completed) ?? checkName(generateName[..Math.Min(generateName.Length, MaxGeneratedStart)] + "a");
    }

    /// <summary>A DNS-1123 label: at most 63 lower case letters, digits and '-'. Namespaces have such names.</summary>
    public static string? CheckDnsLabel(string name)
    {
        if (name.Length > MaxLabelLength)
            return $"has {name.Length} characters; at most {MaxLabelLength} are allowed";
        return IsDnsLabel(name) ? null : "must consist of lower case letters, digits or '-', and begin and end with a letter or digit";
    }

    /// <summary>A subdomain of at most 52 characters: 11 are appended for the name of each Job (pkg/apis/batch/validation).</summary>
    public static string? CheckCronJob(string name) =>
        name.Length > MaxCronJobLength ? $"has {name.Length} characters; at most {MaxCronJobLength} are allowed, since names of Jobs are made of it"
            : CheckSubdomain(name);

    /// <summary>What can stand in a URL as one part of its path: the least that the API asks of a name, and all it asks of roles
    /// (api/validation/path).</summary>
    public static string? CheckPathSegment(string name) =>
        name is "." or ".." || name.AsSpan().ContainsAny('/', '%') ? "may not be '.' or '..', nor hold '/' or '%'" : null;

    /// <summary>A label key: a name of at most 63 characters, after an optional DNS subdomain and a slash.</summary>
    public static string? CheckLabelKey(string key) => CheckLabelKey(key.AsSpan());

    /// <inheritdoc cref="CheckLabelKey(string)"/>
    internal static string? CheckLabelKey(ReadOnlySpan<char> key)
    {
        var slash = key.IndexOf('/');
        if (slash != key.LastIndexOf('/'))
            return "may have one '/' only, between prefix and name";
        if (slash == 0)
            return "has an empty prefix before the '/'";
        if (slash > 0 && CheckSubdomain(key[..slash].ToString()) is { } wrong)
            return "has a prefix before the '/' that " + wrong;

        var name = key[(slash + 1)..];
        if (name.Length == 0)
            return "must have a name" + (slash > 0 ? " behind the '/'" : "");
        if (name.Length > MaxLabelLength)
            return $"has a name of {name.Length} characters; at most {MaxLabelLength} are allowed";
        return IsLabelText(name)
            ? null
            : "must consist of letters, digits, '-', '_' or '.', and begin and end with a letter or digit";
    }

    /// <summary>A label value: empty, or at most 63 characters.</summary>
    public static string? CheckLabelValue(string value)
    {
        if (value.Length > MaxLabelLength)
            return $"has {value.Length} characters; a label value has at most {MaxLabelLength}";
        return value.Length == 0 || IsLabelText(value)
            ? null
            : "must be empty or consist of letters, digits, '-', '_' or '.', and begin and end with a letter or digit";
    }

    /// <summary>A container port's name (IANA service name).</summary>
    public static string? CheckPortName(string name)
    {
        if (name.Length > MaxPortNameLength)
            return $"has {name.Length} characters; a port name has at most {MaxPortNameLength}";
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(DnsCharacters))
            return "must consist of lower case letters, digits and '-'";
        if (!name.AsSpan().ContainsAnyInRange('a', 'z'))
            return "must have a letter in it; a port number is written without quotes";
        if (name.Contains("--", StringComparison.Ordinal))
            return "may not have two hyphens in a row";
        return name[0] == '-' || name[^1] == '-' ? "may not begin or end with a hyphen" : null;
    }

    /// <summary>1-65535.</summary>
    public static string? CheckPortNumber(int number) => number is >= 1 and <= 65535 ? null : "must be between 1 and 65535, inclusive";

    private static bool IsSubdomain(ReadOnlySpan<char> text)
    {
        for (var dot = text.IndexOf('.'); dot >= 0; dot = text.IndexOf('.'))
        {
            if (!IsDnsLabel(text[..dot]))
                return false;
            text = text[(dot + 1)..];
        }

        return IsDnsLabel(text);
    }

    private static bool IsDnsLabel(ReadOnlySpan<char> text) =>
        text.Length > 0 && !text.ContainsAnyExcept(DnsCharacters) && text[0] != '-' && text[^1] != '-';

    private static bool IsLabelText(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(LabelCharacters) && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}
