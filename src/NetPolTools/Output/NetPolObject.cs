using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>An object of a cluster with plain properties. Cmdlets take it back as the object that was read.</summary>
public abstract class NetPolObject
{
    private protected NetPolObject(KubernetesObject source)
    {
        Source = source;
    }

    /// <summary>As it was read.</summary>
    internal KubernetesObject Source { get; }

    /// <summary><c>Pod shop/web-5d9</c>.</summary>
    public override string ToString() => Source.ToString();

    /// <summary>As file:line:column; empty for what came as an object or from a cluster.</summary>
    internal static string Place(KubernetesObject source) => source.Location.IsKnown ? source.Location.ToString() : "";

    /// <summary><c>http 8080/TCP</c> each.</summary>
    internal static NetPolList<string> PortTexts(PodSpec spec) => NetPolList.Names(spec.Ports.Select(static port => port.ToString()));
}
