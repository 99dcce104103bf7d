using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Tests.Support;

/// <summary>A manifest in which ▸ stands before the place that a diagnostic should point to.</summary>
internal sealed class Marked
{
    private const char Mark = '▸';

    public Marked(string manifest)
    {
        var at = manifest.IndexOf(Mark);
        Assert.True(at >= 0 && manifest.LastIndexOf(Mark) == at, "The manifest needs one mark.");
        Text = manifest.Remove(at, 1);
        Line = manifest.AsSpan(0, at).Count('\n') + 1;
        Column = at - manifest.LastIndexOf('\n', at);
    }

    public string Text { get; }

    public int Line { get; }

    public int Column { get; }

    /// <summary>The manifest gives one diagnostic, at the mark, and the message contains these words.</summary>
    public static Diagnostic Gives(DiagnosticSeverity severity, DiagnosticId id, string? fieldPath, string manifest, params string[] words)
    {
        var marked = new Marked(manifest);
        var found = Assert.Single(Cluster.Of(marked.Text).Diagnostics);
        Assert.Equal((severity, id, fieldPath ?? ""), (found.Severity, found.Id, found.FieldPath ?? ""));
        Assert.Equal(new SourceLocation("input", marked.Line, marked.Column), found.Location);
        Assert.All(words, word => Assert.Contains(word, found.Message, StringComparison.Ordinal));
        return found;
    }

    /// <summary>The API server refuses the policy with this spec, at this field; we say so at the mark and leave the policy out.</summary>
    public static void IsRefused(string fieldPath, string spec, params string[] words)
    {
        var found = Gives(DiagnosticSeverity.Error, DiagnosticId.InvalidValue, fieldPath, Given.Policy(spec), words);
        Assert.Equal(new ObjectReference("NetworkPolicy", "default", "policy"), found.Object);
        Assert.Empty(Cluster.Of(new Marked(Given.Policy(spec)).Text).Snapshot.NetworkPolicies);
    }

    /// <summary>The API server takes the policy with this spec, and there is nothing to say about it.</summary>
    public static void IsAccepted(string spec)
    {
        var cluster = Given.Cluster(Given.Policy(spec));
        Assert.Empty(cluster.Diagnostics);
        Assert.Single(cluster.Snapshot.NetworkPolicies);
    }
}
