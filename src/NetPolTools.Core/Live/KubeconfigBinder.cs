using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>Takes the contexts out of kubeconfigs and looks at nothing else of them: not at users, whose passwords and keys stand there too.</summary>
public sealed class KubeconfigBinder : IManifestBinder
{
    private readonly List<KubeconfigContext> _contexts = [];

    /// <summary>In the order read; of two with the same name kubectl takes the first.</summary>
    public IEnumerable<KubeconfigContext> Contexts => _contexts.DistinctBy(static context => context.Name);

    /// <summary>The one that the first file names that names any; null where none does.</summary>
    public string? CurrentContext { get; private set; }

    /// <summary>The files that kubectl reads: one that is named, or those of $KUBECONFIG, or .kube/config in the user's home.</summary>
    /// <param name="named">The file of --kubeconfig; null where there is none.</param>
    public static IReadOnlyList<string> Files(string? named)
    {
        if (named is not null)
            return [named];
        var listed = (Environment.GetEnvironmentVariable("KUBECONFIG") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return listed.Length > 0 ? listed : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
    }

    public int Bind(ManifestTokenReader tokens, CancellationToken cancellation = default) => ManifestDocuments.ForEach(
        tokens,
        () => QuietWalk.EachField(tokens, name =>
        {
            if (name == "current-context")
            {
                CurrentContext ??= QuietWalk.Text(tokens) is { Length: > 0 } current ? current : null;
                return true;
            }

            if (name != "contexts")
                return false;
            QuietWalk.EachItem(tokens, () => ReadContext(tokens));
            return true;
        }),
        static _ => { });

    private void ReadContext(ManifestTokenReader tokens)
    {
        string? name = null;
        string? ns = null;
        QuietWalk.EachField(tokens, field =>
        {
            switch (field)
            {
                case "name":
                    name = QuietWalk.Text(tokens);
                    return true;
                case "context":
                    QuietWalk.EachField(tokens, inner =>
                    {
                        if (inner != "namespace")
                            return false;
                        ns = QuietWalk.Text(tokens);
                        return true;
                    });
                    return true;
                default:
                    return false;
            }
        });
        if (name is not null)
            _contexts.Add(new KubeconfigContext(name, ns));
    }
}
