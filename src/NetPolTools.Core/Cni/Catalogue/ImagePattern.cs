using NetPolTools.Text;

namespace NetPolTools.Cni.Catalogue;

/// <summary>Images by the end of their path: <c>calico/node</c> is that of any registry and any mirror that keeps the path's end.</summary>
internal static class ImagePattern
{
    // Every container of an input is held against every image that the catalogue knows.
    public static bool Matches(string pattern, string image)
    {
        var path = PathOf(image);
        if (WildcardNames.IsPattern(pattern))
            return WildcardNames.Match(pattern, path) || WildcardNames.Match("*/" + pattern, path);
        return path.EndsWith(pattern, StringComparison.Ordinal) && (path.Length == pattern.Length || path[^(pattern.Length + 1)] == '/');
    }

    /// <summary>Without tag and digest.</summary>
    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> image)
    {
        var digest = image.IndexOf('@');
        var named = digest < 0 ? image : image[..digest];
        var colon = named.LastIndexOf(':');
        return colon > named.LastIndexOf('/') ? named[..colon] : named;
    }
}
