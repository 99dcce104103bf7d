using System.Text.Json;

namespace NetPolTools.Live;

/// <summary>The API groups that a server has, with their versions, as <c>/apis</c> tells them.</summary>
internal sealed class ApiGroups
{
    private readonly Dictionary<string, HashSet<string>> _versions = [];

    /// <summary>Reads an APIGroupList.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    /// <exception cref="KeyNotFoundException">Likewise.</exception>
    public static ApiGroups Read(Stream json)
    {
        var groups = new ApiGroups();
        using var document = JsonDocument.Parse(json);
        foreach (var group in document.RootElement.GetProperty("groups").EnumerateArray())
        {
            groups._versions[group.GetProperty("name").GetString()!] =
                [.. group.GetProperty("versions").EnumerateArray().Select(static version => version.GetProperty("version").GetString()!)];
        }

        return groups;
    }

    public bool Has(string group) => _versions.ContainsKey(group);

    /// <summary>Those versions of a kind that the server has, in the kind's own order. The core group is not in the list, and there everywhere.</summary>
    public IEnumerable<string> VersionsOf(ClusterKind kind) =>
        kind.Group.Length == 0 ? kind.Versions : kind.Versions.Where(version => _versions.GetValueOrDefault(kind.Group)?.Contains(version) == true);
}
