using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Cni;

/// <summary>What of an object matched a sign, in words.</summary>
internal static class EvidenceText
{
    /// <summary>Longer values are left out: the arguments of a node's agent, whole configuration files.</summary>
    private const int LongestValue = 60;

    public static string Of(PluginSign sign, PluginTrace trace)
    {
        var parts = new List<string>();
        parts.AddRange(sign.Labels.Keys.Select(key => trace.Metadata.Labels.TryGet(key, out var value) ? $"label {key}={value}" : key));
        foreach (var wanted in sign.Values)
        {
            var (key, value) = trace.Values.First(found => WildcardNames.Match(wanted.Key, found.Key));
            parts.Add(value.Length <= LongestValue && !value.Contains('\n') ? $"{key}: {value}" : key);
        }

        if (trace.Containers.FirstOrDefault(container => sign.Images.Any(image => ImagePattern.Matches(image, container.Image))) is { } withImage)
            parts.Add($"image {withImage.Image}");
        else if (sign.Container is not null)
            parts.Add($"container {sign.Container}");
        parts.AddRange(sign.Env.Select(static variable => $"{variable.Key}={variable.Value}"));
        parts.AddRange(sign.Arguments);
        if (trace.Ready is { } ready && trace.Desired is { } desired)
            parts.Add($"{ready} of {desired} ready");
        return string.Join(", ", parts);
    }
}
