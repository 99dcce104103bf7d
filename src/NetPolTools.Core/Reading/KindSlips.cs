using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Tells a slip of the pen in <c>kind</c> or <c>apiVersion</c> from a kind of somebody else: the server knows neither, and taking the one for the other
/// would leave a policy out without a word.
/// </summary>
internal static class KindSlips
{
    private const string Policy = "NetworkPolicy";
    private const int MostEdits = 2;
    private const int ShortestName = 6;

    /// <summary>Whether a NetworkPolicy must be meant, in whatever group.</summary>
    /// <param name="group">Not one that has a kind of this name.</param>
    /// <param name="kind">As written.</param>
    public static bool IsNetworkPolicy(string group, string kind) =>
        (IsOfKubernetes(group) || IsNear(group, "networking.k8s.io")) && IsNearKind(kind, Policy);

    /// <summary>Only Kubernetes itself has groups without a dot and groups below k8s.io.</summary>
    public static bool IsOfKubernetes(string group) => !group.Contains('.') || group.EndsWith(".k8s.io", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a word is nearly the name of a kind: in another case, in the plural, or with up to two letters wrong.</summary>
    public static bool IsNearKind(string written, string kind) =>
        string.Equals(written, kind, StringComparison.OrdinalIgnoreCase)
        || (kind.Length >= ShortestName && IsNear(Singular(written), kind));

    private static string Singular(string kind) => kind switch
    {
        _ when kind.EndsWith("ies", StringComparison.OrdinalIgnoreCase) => kind[..^3] + "y",
        _ when kind.EndsWith('s') && !kind.EndsWith("ss", StringComparison.Ordinal) && kind != "Endpoints" => kind[..^1],
        _ => kind,
    };

    /// <summary>Whether a word is another one with up to two letters wrong, in whatever case.</summary>
    public static bool IsNear(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > MostEdits)
            return false;
        return EditDistance.Of(a.ToUpperInvariant(), b.ToUpperInvariant()) <= MostEdits;
    }
}
