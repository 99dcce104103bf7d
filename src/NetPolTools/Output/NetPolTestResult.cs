using NetPolTools.Asking;
using NetPolTools.Services;

namespace NetPolTools.Output;

/// <summary>The answer to one question of an audit.</summary>
public sealed class NetPolTestResult
{
    internal NetPolTestResult(string from, string to, AskedPorts ports, bool? expected, TestedReachability tested)
    {
        From = from;
        To = to;
        Port = Asked(ports);
        Reachable = tested.IsAllowed;
        Expected = expected;
        Ports = new NetPolPorts(tested.Ports);
        Reason = tested.Because ?? string.Join("; ", tested.Explain().Lines().Select(static line => line.Trim()));
        Notes = NetPolList.Notes(tested.Notes);
        Policies = NetPolList.Names(tested.Policies());
        Location = tested.Location() is { IsKnown: true } place ? place.ToString() : "";
    }

    /// <summary>The source as it was asked for.</summary>
    public string From { get; }

    /// <summary>The destination as it was asked for.</summary>
    public string To { get; }

    /// <summary>The ports asked about; empty for any.</summary>
    public string Port { get; }

    /// <summary>Whether the source may reach the destination on at least one of the ports.</summary>
    public bool Reachable { get; }

    /// <summary>What should be; null where the question did not say.</summary>
    public bool? Expected { get; }

    /// <summary>Whether it is as expected; null where nothing was expected.</summary>
    public bool? Passed => Expected is null ? null : Expected == Reachable;

    /// <summary>The ports among those asked about that are allowed.</summary>
    public NetPolPorts Ports { get; }

    /// <summary>The rules that allow it, or what the nearest rules lack; why no policy decides.</summary>
    public string Reason { get; }

    /// <summary>Assumptions behind the answer that may not hold; usually empty.</summary>
    public NetPolList<string> Notes { get; }

    /// <summary>The policies that isolate either end, as namespace/name.</summary>
    public NetPolList<string> Policies { get; }

    /// <summary>The place that decides, as file:line:column; empty where that is not known, or where no policy decides.</summary>
    public string Location { get; }

    private static string Asked(AskedPorts ports) => ports is { Numbers.IsAll: true, Names.Count: 0 }
        ? ""
        : string.Join(' ', ports.Names.Prepend(ports.Numbers.IsEmpty ? "" : ports.Numbers.ToString()).Where(static part => part.Length > 0));

    /// <summary><c>shop/web -> shop/db TCP 3306: not reachable</c>.</summary>
    public override string ToString() => $"{From} -> {To}{(Port.Length > 0 ? " " + Port : "")}: {(Reachable ? "reachable" : "not reachable")}";
}
