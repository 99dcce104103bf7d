using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Writing;

/// <summary>Manifests read whole and written again.</summary>
internal static class Written
{
    /// <summary>Takes blocks of addresses in forms that later versions refuse in new policies; policies stored long ago may have them.</summary>
    private static readonly KubernetesVersion AnyForm = new(1, 35);

    public static string Of(NetworkPolicy policy) => YamlManifestWriter.Write(CanonicalManifest.Of(NetworkPolicyManifest.Of(policy)));

    /// <summary>The documents that the text holds, canonical; what is wrong with the others is added to <paramref name="diagnostics"/>.</summary>
    public static IReadOnlyList<string> Again(string manifests, List<Diagnostic>? diagnostics = null, bool full = false) =>
        [.. Objects(manifests, diagnostics).Select(found => YamlManifestWriter.Write(CanonicalManifest.Of(found.Manifest, full)))];

    public static IReadOnlyList<WholeObject> Objects(string manifests, List<Diagnostic>? diagnostics = null)
    {
        var objects = new List<WholeObject>();
        diagnostics ??= [];
        var options = new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file));
        var binder = new WholeObjectBinder(objects.Add, diagnostics.Add, AllDialects.Kinds, AnyForm);
        new ManifestReader(binder, diagnostics.Add, options).Read(new MemoryStream(Encoding.UTF8.GetBytes(manifests)), "input");
        return objects;
    }

    /// <summary>The policy is the same when read from what is written of it.</summary>
    public static void AssertReadsBack(NetworkPolicy policy)
    {
        var yaml = Of(policy);
        var again = Cluster.Of(yaml, version: AnyForm);
        Assert.Empty(again.Errors);
        Assert.Equal(NetworkPolicyManifest.Of(policy), NetworkPolicyManifest.Of(Assert.Single(again.Snapshot.NetworkPolicies)));
        Assert.Equal(yaml, Assert.Single(Again(yaml)));
    }
}
