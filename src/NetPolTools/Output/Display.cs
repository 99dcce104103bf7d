using System.Management.Automation;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reports;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of connections: short texts for people. Everything else is in the objects' properties.</summary>
public static class Display
{
    /// <summary>The heading over a group of connections.</summary>
    public static string SourceGroup(PSObject connection) => Shown.Text(connection, nameof(NetPolConnection.SourceKind)) switch
    {
        NetPolConnection.AddressesKind => "outside the cluster",
        ConnectionEnd.IngressControllerKind => "not in the input",
        _ => Shown.Text(connection, nameof(NetPolConnection.SourceNamespace)),
    };

    /// <summary>The source within its group.</summary>
    public static string Source(PSObject connection)
    {
        var source = Shown.Text(connection, nameof(NetPolConnection.Source));
        return Shown.Text(connection, nameof(NetPolConnection.SourceKind)) == NetPolConnection.AddressesKind ? AddressText.Of(source) : source;
    }

    /// <summary>The destination: <c>web</c> in the source's own namespace, <c>shop/web</c> in another.</summary>
    public static string Destination(PSObject connection)
    {
        var (ns, name) = (Shown.Text(connection, nameof(NetPolConnection.DestinationNamespace)), Shown.Text(connection, nameof(NetPolConnection.Destination)));
        return Shown.Text(connection, nameof(NetPolConnection.DestinationKind)) switch
        {
            NetPolConnection.AddressesKind => AddressText.Of(name),
            Namespace.KindName => name,
            _ => ns == Shown.Text(connection, nameof(NetPolConnection.SourceNamespace)) ? name : Shown.Qualified(ns, name),
        };
    }

    /// <summary>The ports, marked with * where a note says more.</summary>
    public static string Ports(PSObject connection)
    {
        var verdict = Shown.Text(connection, nameof(NetPolConnection.Verdict));
        if (verdict == nameof(Verdict.Denied))
            return Style.Closed(verdict);
        var undetermined = verdict == nameof(Verdict.Undetermined) ? Style.Open(verdict) + " " : "";
        return undetermined + Shown.Ports(connection, nameof(NetPolConnection.Ports))
            + (Shown.Texts(connection, nameof(NetPolConnection.Notes)).Length > 0 ? " *" : "");
    }

    /// <summary>A connection as a line, with its reasons below.</summary>
    public static string Explained(PSObject connection)
    {
        var lines = Shown.Texts(connection, nameof(NetPolExplainedConnection.Reasons))
            .Concat(Shown.Texts(connection, nameof(NetPolConnection.Notes)).Select(static note => "note: " + note))
            .Select(static line => "    " + line);
        var source = NetPolConnection.Qualified(
            Shown.Text(connection, nameof(NetPolConnection.SourceNamespace)), Shown.Text(connection, nameof(NetPolConnection.Source)));
        var destination = NetPolConnection.Qualified(
            Shown.Text(connection, nameof(NetPolConnection.DestinationNamespace)), Shown.Text(connection, nameof(NetPolConnection.Destination)));
        var ports = Shown.Ports(connection, nameof(NetPolConnection.Ports));
        return $"{source} -> {destination}: {ports} ({Shown.Text(connection, nameof(NetPolConnection.Verdict))})\n{string.Join('\n', lines)}\n";
    }

    /// <summary>A connection as one short text, for the wide view.</summary>
    public static string Arrow(PSObject connection) => $"{Source(connection)} → {Destination(connection)}";

    /// <summary>The ports of any object that has them, as one text.</summary>
    public static string PortText(PSObject shown) => Shown.Ports(shown, nameof(NetPolConnection.Ports)).ToString();

    /// <summary>A summary of isolation, coloured where something stands open.</summary>
    public static string Summary(PSObject isolation)
    {
        var summary = Shown.Text(isolation, nameof(NetPolIsolation.Summary));
        return summary.Contains("open", StringComparison.Ordinal) ? Style.Open(summary)
            : summary is "locked down" or "default deny" ? Style.Closed(summary)
            : summary;
    }

    /// <summary>Whether a cluster enforces policies.</summary>
    public static string Enforced(PSObject support)
    {
        var enforced = Shown.Text(support, nameof(NetPolCniSupport.Enforced));
        return enforced == nameof(Enforcement.Yes) ? enforced : Style.Open(enforced);
    }

    /// <summary>Whether what was tested is reachable, coloured where it is not as expected.</summary>
    public static string Reachable(PSObject result)
    {
        var reachable = Shown.Text(result, nameof(NetPolTestResult.Reachable));
        return Shown.Text(result, nameof(NetPolTestResult.Passed)) == "False" ? Style.Open(reachable) : reachable;
    }

    /// <summary>The API groups of a plugin's own policies: their names are long.</summary>
    public static string PolicyGroups(PSObject plugin) =>
        string.Join(", ", Shown.Texts(plugin, nameof(NetPolCniPlugin.PolicyKinds)).Select(CniTextWriter.GroupOf).Distinct());
}
