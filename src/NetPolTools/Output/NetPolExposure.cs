using NetPolTools.Exposure;

namespace NetPolTools.Output;

/// <summary>Pods that do not exist yet, or addresses, with which policies let a workload talk.</summary>
public class NetPolExposure
{
    internal NetPolExposure(ExposureLine line)
    {
        (Namespace, Workload, Kind) = NetPolConnection.Parts(line.Workload);
        Direction = line.Direction.ToString();
        Grade = line.Grade.ToString();
        Who = line.Who;
        NamespaceSelector = line.NamespaceSelector;
        Namespaces = NetPolList.Names(line.Namespaces);
        Except = NetPolList.Names(line.Except);
        PodSelector = line.PodSelector;
        Addresses = line.Addresses ?? "";
        Ports = new NetPolPorts(line.Ports);
        UndeterminedPorts = new NetPolPorts(line.Undetermined);
        Example = line.Example ?? "";
        Reasons = NetPolList.Notes(line.Reasons);
        IsCut = line.IsCut;
        Access = NetPolList.Texts(line.Access.Select(static access => access.ToString()));
    }

    public string Namespace { get; }

    /// <summary>The workload's or pod's name.</summary>
    public string Workload { get; }

    /// <summary>Deployment, Pod and so on.</summary>
    public string Kind { get; }

    /// <summary>Ingress where they could reach the workload, Egress where it could reach them.</summary>
    public string Direction { get; }

    /// <summary>Where such a pod has to be: Anywhere, LabelledNamespaces, NamedNamespaces or OwnNamespace; Outside for addresses.</summary>
    public string Grade { get; }

    /// <summary>In words: <c>pods with app=web in any namespace but ops</c>.</summary>
    public string Who { get; }

    /// <summary>Of namespaces by their labels, which; empty for any and where Namespaces names them.</summary>
    public string NamespaceSelector { get; }

    /// <summary>The namespaces, of grades that mean certain ones.</summary>
    public NetPolList<string> Namespaces { get; }

    /// <summary>Namespaces that are not meant although the selector, or the lack of one, would have them.</summary>
    public NetPolList<string> Except { get; }

    /// <summary>The pods, as a label selector and their service account; empty for pods of any labels.</summary>
    public string PodSelector { get; }

    /// <summary>The addresses outside the cluster; empty for pods.</summary>
    public string Addresses { get; }

    /// <summary>Pod ports of whoever is reached.</summary>
    public NetPolPorts Ports { get; }

    /// <summary>The ports of which nothing in the input tells.</summary>
    public NetPolPorts UndeterminedPorts { get; }

    /// <summary>A pod as -From and -To take it: <c>new pod app=web in namespace shop</c>.</summary>
    public string Example { get; }

    /// <summary>Why: the rules that allow it with their places, or that no policy is against it.</summary>
    public NetPolList<string> Reasons { get; }

    /// <summary>
    /// With -IncludeAccess, who may create such a pod or set the labels that make one: <c>ServiceAccount ci/deployer may create pods in shop: …</c>.
    /// </summary>
    public NetPolList<string> Access { get; }

    /// <summary>Whether labels were too many to look at all, so that pods may be told apart further than this says.</summary>
    public bool IsCut { get; }

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    /// <summary><c>shop/db from any pod in any namespace: TCP 5432</c>.</summary>
    public override string ToString() => $"{Namespace}/{Workload} {(Direction == "Ingress" ? "from" : "to")} {Who}: {Ports}";
}
