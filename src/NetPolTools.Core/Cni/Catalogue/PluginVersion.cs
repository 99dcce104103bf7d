using System.Globalization;

namespace NetPolTools.Cni.Catalogue;

/// <summary>
/// A version as images, kubelets and people write it: <c>v3.27.0</c>, <c>1.16.5-eksbuild.1</c>, <c>v20240813-c6f155d6</c>, <c>v1.30.4+k3s1</c>. What
/// follows the numbers takes no part in comparisons; a number that is not written is 0.
/// </summary>
public sealed record PluginVersion : IComparable<PluginVersion>
{
    private readonly long[] _numbers;

    private PluginVersion(string text, long[] numbers)
    {
        Text = text;
        _numbers = numbers;
    }

    /// <summary>As written, without a leading v.</summary>
    public string Text { get; }

    /// <summary>Null for a text that does not begin with a number, such as <c>latest</c>.</summary>
    public static PluginVersion? Parse(string text)
    {
        var bare = text.TrimStart('v', 'V');
        var end = 0;
        while (end < bare.Length && (char.IsAsciiDigit(bare[end]) || bare[end] == '.'))
            end++;
        var numbers = new List<long>();
        foreach (var part in bare[..end].Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            numbers.Add(number);
        }

        return numbers.Count == 0 ? null : new PluginVersion(bare, [.. numbers]);
    }

    /// <summary>The tag of an image; null where it has none, or one without a version.</summary>
    public static PluginVersion? OfImage(string image)
    {
        var named = image.Split('@')[0];
        var colon = named.LastIndexOf(':');
        return colon > named.LastIndexOf('/') ? Parse(named[(colon + 1)..]) : null;
    }

    public int CompareTo(PluginVersion? other)
    {
        if (other is null)
            return 1;
        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            var order = NumberAt(i).CompareTo(other.NumberAt(i));
            if (order != 0)
                return order;
        }

        return 0;
    }

    public bool Equals(PluginVersion? other) => other is not null && CompareTo(other) == 0;

    public override int GetHashCode() => _numbers.Length == 0 ? 0 : _numbers[0].GetHashCode();

    public override string ToString() => Text;

    private long NumberAt(int index) => index < _numbers.Length ? _numbers[index] : 0;
}
