using System.Collections;
using NetPolTools.Live;
using NetPolTools.Reading;

namespace NetPolTools.Completion;

/// <summary>The contexts that a command line may name, from kubeconfigs on this machine; whatever is wrong with those is not said here.</summary>
internal static class Kubeconfigs
{
    public static IEnumerable<KubeconfigContext> Contexts(IDictionary bound)
    {
        var binder = new KubeconfigBinder();
        var reader = new ManifestReader(binder, static _ => { }, new ManifestReaderOptions(YamlBridge.Open));
        var named = bound["Kubeconfig"]?.ToString();
        foreach (var file in named is null ? KubeconfigBinder.Files(null) : CurrentSession.FilesOf(named))
        {
            if (File.Exists(file))
                reader.ReadPath(file);
        }

        return binder.Contexts;
    }
}
