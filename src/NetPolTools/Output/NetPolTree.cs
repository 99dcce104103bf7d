using NetPolTools.Reports;

namespace NetPolTools.Output;

/// <summary>One end of connections, with those who reach it and those whom it reaches, as far as they were asked for.</summary>
public sealed class NetPolTree
{
    internal NetPolTree(ConnectionTree tree, NetPolList<string> notEvaluated)
    {
        (Namespace, Name, Kind) = NetPolConnection.Parts(tree.Root);
        ReachedBy = NetPolList.Texts(tree.Into.Select(line => new NetPolConnection(line) { NotEvaluated = notEvaluated }));
        Reaches = NetPolList.Texts(tree.From.Select(line => new NetPolConnection(line) { NotEvaluated = notEvaluated }));
        NotEvaluated = notEvaluated;
        using var text = new StringWriter();
        new ConnectionTreeWriter(text).Write(tree);
        Text = text.ToString();
    }

    /// <summary>Empty for addresses outside the cluster.</summary>
    public string Namespace { get; }

    /// <summary>The workload's, pod's or namespace's name, or a range of addresses.</summary>
    public string Name { get; }

    /// <summary>Deployment, Pod and so on; Addresses for addresses outside the cluster.</summary>
    public string Kind { get; }

    /// <summary>The connections to it.</summary>
    public NetPolList<NetPolConnection> ReachedBy { get; }

    /// <summary>The connections from it.</summary>
    public NetPolList<NetPolConnection> Reaches { get; }

    /// <summary>The tree drawn for 80 columns. All of IPv4 and all of IPv6 are one branch where both say the same.</summary>
    public string Text { get; }

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; }

    public override string ToString() => Text;
}
