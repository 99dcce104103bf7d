using NetPolTools.Text;

namespace NetPolTools.Cni.Catalogue;

/// <summary>Images by the end of their path: <c>calico/node</c> is that of any registry and any mirror that keeps the path's end.</summary>
internal static class ImagePattern
{
    public static bool Matches(string pattern, string image)
    {
        var path = PathOf(image);
        return WildcardNames.Match(pattern, path) || WildcardNames.Match("*/" + pattern, path);
    }

    /// <summary>Without tag and digest.</summary>
    private static string PathOf(string image)
    {
        var named = image.Split('@')[0];
        var colon = named.LastIndexOf(':');
        return colon > named.LastIndexOf('/') ? named[..colon] : named;
    }
}
