using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NetPolTools.Diagnostics;
using NetPolTools.Validation;
using Given = NetPolTools.Tests.Support.Cluster;

namespace NetPolTools.Cluster.Tests.Validation;

/// <summary>Whether a policy is taken, and the fields that are wrong with it.</summary>
/// <param name="IsRead">Whether it could be read; where it could not, no list or map of the path tells its item.</param>
/// <param name="Fields">Field paths, each once and in order; none when the policy is taken.</param>
internal sealed partial record Verdict(bool IsRead, string Fields)
{
    /// <summary>The members of Go's types for a NetworkPolicy, each with those whose values have it.</summary>
    private static readonly Dictionary<string, string[]> Holders = new()
    {
        ["ObjectMeta"] = [],
        ["Name"] = ["ObjectMeta"],
        ["Labels"] = ["ObjectMeta"],
        ["Annotations"] = ["ObjectMeta"],
        ["Spec"] = [],
        ["PolicyTypes"] = ["Spec"],
        ["Ingress"] = ["Spec"],
        ["Egress"] = ["Spec"],
        ["Ports"] = ["Ingress", "Egress"],
        ["Protocol"] = ["Ports"],
        ["Port"] = ["Ports"],
        ["EndPort"] = ["Ports"],
        ["From"] = ["Ingress"],
        ["To"] = ["Egress"],
        ["IPBlock"] = ["From", "To"],
        ["CIDR"] = ["IPBlock"],
        ["Except"] = ["IPBlock"],
        ["NamespaceSelector"] = ["From", "To"],
        ["PodSelector"] = ["Spec", "From", "To"],
        ["MatchLabels"] = ["PodSelector", "NamespaceSelector"],
        ["MatchExpressions"] = ["PodSelector", "NamespaceSelector"],
        ["Key"] = ["MatchExpressions"],
        ["Operator"] = ["MatchExpressions"],
        ["Values"] = ["MatchExpressions"],
    };

    public bool IsAccepted => IsRead && Fields.Length == 0;

    public static Verdict OfOurs(JsonObject policy, KubernetesVersion version)
    {
        var cluster = Given.Of(policy.ToJsonString(), version: version);
        var errors = cluster.Errors.ToArray();
        Assert.Equal(errors.Length == 0, cluster.Snapshot.NetworkPolicies.Count == 1);
        return errors.Any(static error => error.Id == DiagnosticId.WrongType)
            ? new Verdict(false, Join(errors.Where(static error => error.Id == DiagnosticId.WrongType).Select(static error => Unindexed(error.FieldPath!))))
            : new Verdict(true, Join(errors.Select(static error => error.FieldPath ?? "")));
    }

    public static Verdict OfServer(int code, JsonElement answer, JsonObject policy)
    {
        switch (code)
        {
            case 201:
                return new Verdict(true, "");
            case 422:
                var fields = answer.GetProperty("details").GetProperty("causes").EnumerateArray()
                    .Select(static cause => cause.GetProperty("field").GetString()!);

                // The server finds the name wrong that it made itself; what was written is where it comes from.
                return new Verdict(true, Join(policy["metadata"]!["generateName"] is null ? fields : fields.Select(GivenName)));
            case 400:
                return new Verdict(false, Unread(answer.GetProperty("message").GetString()!));
            default:
                Assert.Fail($"The server answered with {code}: {answer}");
                throw new InvalidOperationException();
        }
    }

    public override string ToString() => IsAccepted ? "accepted" : IsRead ? $"refused at {Fields}" : $"unreadable at {Fields}";

    private static string GivenName(string field) => field == "metadata.name" ? "metadata.generateName" : field;

    private static string Join(IEnumerable<string> fields) => string.Join(", ", fields.Distinct().Order(StringComparer.Ordinal));

    private static string Unindexed(string path) => OfMap().Replace(Indices().Replace(path, ""), "$1");

    /// <summary>
    /// The path that Go's readers of JSON tell by types: <c>v1.NetworkPolicy.Spec: v1.NetworkPolicySpec.Ingress: …</c> until 1.22, and since then
    /// <c>Go struct field NetworkPolicySpec.spec.ingress of type …</c>. The former may read on behind a mistake, and then names members that it came
    /// to later in front of the one that was wrong; so this one is followed from its end, and what cannot hold it is passed over.
    /// </summary>
    private static string Unread(string message)
    {
        if (StructField().Match(message) is { Success: true } found)
            return found.Groups[1].Value;
        var path = new Stack<string>();
        foreach (var member in Member().Matches(message).Select(static member => member.Groups[1].Value).Reverse())
        {
            if (path.Count == 0 || Holders[path.Peek()].Contains(member))
                path.Push(member);
        }

        Assert.True(path.Count > 0, $"No field is named in '{message}'.");
        return string.Join('.', path.Select(static member => member switch
        {
            "ObjectMeta" => "metadata",
            "IPBlock" => "ipBlock",
            "CIDR" => "cidr",
            _ => char.ToLowerInvariant(member[0]) + member[1..],
        }));
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Indices();

    [GeneratedRegex(@"(\.(?:labels|matchLabels|annotations))\..*")]
    private static partial Regex OfMap();

    [GeneratedRegex(@"Go struct field [A-Za-z]+\.([A-Za-z.]+) of type")]
    private static partial Regex StructField();

    /// <summary>Alone or behind its type, once for each item read on to; the readers' own functions are named likewise.</summary>
    [GeneratedRegex(@"(?<=: )(?:v1\.[A-Za-z]+\.)*(?!Read)([A-Z][A-Za-z]*): ")]
    private static partial Regex Member();
}
