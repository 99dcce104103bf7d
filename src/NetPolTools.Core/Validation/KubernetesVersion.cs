using System.Globalization;

namespace NetPolTools.Validation;

/// <summary>A version of Kubernetes, by which its API server takes or refuses objects: <c>1.36</c>.</summary>
/// <param name="Major">1 so far.</param>
/// <param name="Minor">What changes with each release.</param>
public readonly record struct KubernetesVersion(int Major, int Minor) : IComparable<KubernetesVersion>
{
    /// <summary>The newest one whose validation is known here; where nobody says otherwise, it is the one that is meant.</summary>
    public static readonly KubernetesVersion Newest = new(1, 36);

    /// <summary>From this one on, blocks of addresses in new objects have to be written in their one plain form (StrictIPCIDRValidation).</summary>
    public static readonly KubernetesVersion StrictCidrs = new(1, 36);

    public static bool operator <(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>1.36</c>, <c>v1.36.2</c> and <c>v1.31.4-gke.1183000</c>; what stands behind the second number does not matter.</summary>
    public static bool TryParse(string? text, out KubernetesVersion version)
    {
        version = default;
        var parts = (text ?? "").TrimStart('v').Split('.');
        if (parts.Length < 2 || !IsNumber(parts[0], out var major) || !IsNumber(Digits(parts[1], parts.Length == 2), out var minor))
            return false;
        version = new KubernetesVersion(major, minor);
        return major >= 1;
    }

    public int CompareTo(KubernetesVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => $"{Major}.{Minor}";

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Some servers report their minor version as <c>36+</c>.</summary>
    private static string Digits(string text, bool isLast) => isLast ? text.TrimEnd('+') : text;
}
