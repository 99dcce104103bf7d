using System.Text;
using NetPolTools.Objects;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// Names for the policies of one namespace, after the workloads they select: <c>allow-web</c>, <c>allow-api-web</c>, <c>allow-api-and-3-more</c>. Valid
/// (DNS-1123), and each given once.
/// </summary>
internal sealed class PolicyNames
{
    public const string DefaultDeny = "default-deny";
    public const string AllPods = "allow-all-pods";

    private const int MaxLength = 63;

    private readonly HashSet<string> _given = [DefaultDeny];

    /// <param name="workloads">In order, at least one.</param>
    public string For(IReadOnlyList<string> workloads) => Unique("allow-" + Part(workloads.Count switch
    {
        1 => workloads[0],
        2 => $"{workloads[0]}-{workloads[1]}",
        _ => $"{workloads[0]}-and-{workloads.Count - 1}-more",
    }));

    public string ForAllPods() => Unique(AllPods);

    private string Unique(string wanted)
    {
        var name = Cut(wanted, MaxLength);
        for (var number = 2; !_given.Add(name); number++)
            name = $"{Cut(wanted, MaxLength - 1 - number.ToString().Length)}-{number}";
        return name;
    }

    private static string Cut(string name, int length) => (name.Length <= length ? name : name[..length]).TrimEnd('-', '.');

    /// <summary>The name as it is where the API server would take it; names in manifests may be anything.</summary>
    private static string Part(string name)
    {
        if (NameRules.CheckSubdomain(name) is null)
            return name;
        var text = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
            text.Append(char.IsAsciiLetterOrDigit(c) ? c : '-');
        var part = text.ToString().Trim('-');
        return part.Length == 0 ? "pods" : part;
    }
}
