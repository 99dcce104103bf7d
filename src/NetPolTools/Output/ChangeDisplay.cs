using System.Management.Automation;
using NetPolTools.Difference;
using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of changes.</summary>
public static class ChangeDisplay
{
    /// <summary>What happened, coloured: more is open, or less.</summary>
    public static string Change(PSObject change) => Shown.Text(change, nameof(NetPolChange.Change)) switch
    {
        nameof(ChangeKind.Opened) => Style.Open(nameof(ChangeKind.Opened)),
        nameof(ChangeKind.Closed) => Style.Closed(nameof(ChangeKind.Closed)),
        var other => other,
    };

    /// <summary>The source of a change: <c>shop/web</c>.</summary>
    public static string Source(PSObject change) => End(
        Shown.Text(change, nameof(NetPolChange.SourceNamespace)), Shown.Text(change, nameof(NetPolChange.Source)),
            Shown.Text(change, nameof(NetPolChange.SourceKind)));

    /// <summary>The destination of a change, without the namespace where that is the source's; nothing where an end came or went.</summary>
    public static string Destination(PSObject change)
    {
        var ns = Shown.Text(change, nameof(NetPolChange.DestinationNamespace));
        return End(
            ns == Shown.Text(change, nameof(NetPolChange.SourceNamespace)) ? "" : ns,
            Shown.Text(change, nameof(NetPolChange.Destination)),
            Shown.Text(change, nameof(NetPolChange.DestinationKind)),
            isCell: true);
    }

    /// <summary>The ports that came with +, those that went with -; marked with * where a note says more.</summary>
    public static string Ports(PSObject change) =>
        Shown.Text(change, nameof(NetPolChange.Ports)) + (Shown.Texts(change, nameof(NetPolChange.Notes)).Length > 0 ? " *" : "");

    /// <summary>The policies responsible.</summary>
    public static string Policies(PSObject change) => string.Join(' ', Shown.Texts(change, nameof(NetPolChange.Policies)).Select(static policy =>
        policy.Split('/') is [var ns, var name] ? Shown.Qualified(ns, name) : policy));

    private static string End(string ns, string name, string kind, bool isCell = false) => kind switch
    {
        NetPolConnection.AddressesKind => AddressText.Of(name),
        Namespace.KindName => name,
        _ => isCell ? Shown.Qualified(ns, name) : NetPolConnection.Qualified(ns, name),
    };
}
