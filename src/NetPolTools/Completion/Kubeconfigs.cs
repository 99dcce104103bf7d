using System.Collections;
using NetPolTools.Live;

namespace NetPolTools.Completion;

/// <summary>The contexts that a command line may name, from kubeconfigs on this machine; whatever is wrong with those is not said here.</summary>
internal static class Kubeconfigs
{
    public static IEnumerable<KubeconfigContext> Contexts(IDictionary bound)
    {
        var named = bound["Kubeconfig"]?.ToString();
        var file = named is null ? null : CurrentSession.FilesOf(named).FirstOrDefault();
        return named is not null && file is null ? []
            : KnownContexts.Read(new ClusterConnection(ClusterConnection.CurrentContext, file), YamlBridge.Open).All;
    }
}
