using System.Globalization;
using NetPolTools.Authoring.Inference;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reading;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Authoring.Flows;

/// <summary>
/// Reads the traffic to make policies of: connections as our own listings have them, and flow records of Hubble and Calico, in any mixture. A record that is
/// none, or that names what the cluster does not have, is a diagnostic; the others still count. Not thread safe.
/// </summary>
public sealed class TrafficReader
{
    private readonly EndDirectory _directory;
    private readonly Action<Diagnostic> _report;
    private readonly RecordReader _records;
    private readonly RecordEnds _ends;
    private readonly FlowFolder _flows = new();
    private readonly LeftOutCounts _leftOut = new("flow records");
    private readonly LeftOutCounts _leftOutConnections = new("connections");
    private readonly List<Traffic> _connections = [];
    private readonly HashSet<string> _unknown = [];
    private readonly bool _keepsDenied;
    private int _linesBefore;

    /// <param name="directory">Where to look for the ends.</param>
    /// <param name="report">Told what is wrong with a record.</param>
    /// <param name="defaultNamespace">Of connections whose ends name none.</param>
    /// <param name="keepsDenied">Whether flows that a policy denied are wanted too, and not only what came about.</param>
    public TrafficReader(EndDirectory directory, Action<Diagnostic> report, string defaultNamespace = "default", bool keepsDenied = false)
    {
        _keepsDenied = keepsDenied;
        _directory = directory;
        _report = report;
        _ends = new RecordEnds(directory, defaultNamespace);
        _records = new RecordReader(Take);
    }

    /// <summary>How many records came in so far, of whatever use.</summary>
    public int RecordCount { get; private set; }

    /// <summary>A connection as a listing gives it. One without ports, which is denied, asks for nothing.</summary>
    public void Add(ConnectionEnd source, ConnectionEnd destination, PortSet ports)
    {
        RecordCount++;
        if (ports.IsEmpty)
        {
            LeaveOutDenied();
            return;
        }

        if (Find(source, "source") is { } from && Find(destination, "destination") is { } to)
            _connections.Add(new Traffic(from, to, ports));

        TrafficEnd? Find(ConnectionEnd end, string field) =>
            _directory.Find(end) ?? Known(null, new RecordEnd { Namespace = end.Namespace, Name = end.Name, Kind = end.Kind }, field, default);
    }

    /// <summary>A connection of which nothing tells whether it is allowed: it takes no part, which is told at the end.</summary>
    public void AddUndetermined() => _leftOutConnections.Add(LeftOut.Undetermined);

    /// <summary>Reads every document to the end of the input.</summary>
    /// <param name="tokens">The input.</param>
    /// <param name="linesBefore">How many lines of the whole text stand before these tokens.</param>
    /// <param name="cancellation">Looked at between documents.</param>
    public void Read(ManifestTokenReader tokens, int linesBefore = 0, CancellationToken cancellation = default)
    {
        _linesBefore = linesBefore;
        try
        {
            while (tokens.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                if (tokens.Kind is not (ManifestTokenKind.DocumentStart or ManifestTokenKind.Null))
                    _records.Read(tokens);
            }
        }
        catch (ManifestSyntaxException e)
        {
            Report(DiagnosticId.SyntaxError, e.Message, null, e.Location);
        }
    }

    /// <summary>Everything asked for, and tells what was left out.</summary>
    public IReadOnlyList<Traffic> Finish()
    {
        var consequence = _keepsDenied ? "take no part" : "ask for nothing";
        foreach (var leftOut in new[] { _leftOut.Tell(consequence), _leftOutConnections.Tell(consequence) }.OfType<Diagnostic>())
            _report(leftOut);
        return [.. _connections, .. _flows.Traffic()];
    }

    /// <summary>What was tried and a policy denied, as far as it is kept.</summary>
    public IReadOnlyList<Traffic> Denied() => [.. _flows.Denied()];

    /// <summary>A denied connection of a listing has no ports, so that nobody can tell on which it was tried.</summary>
    private void LeaveOutDenied()
    {
        if (_keepsDenied)
            _leftOut.Add(LeftOut.Denied);
    }

    private void Take(TrafficRecord record, SourceLocation location)
    {
        RecordCount++;
        if (record.IsConnection)
            TakeConnection(record, location);
        else if (record.IsCalico)
            TakeCalico(record, location);
        else if (record.IsHubble)
            TakeHubble(record, location);
        else
            Report(DiagnosticId.NotTraffic, $"Neither a connection nor a flow record of Hubble or Calico{Seen(record)}.", null, location);
    }

    private void TakeConnection(TrafficRecord record, SourceLocation location)
    {
        var verdict = record.Verdict?.Trim() ?? "";
        if (verdict.Equals("Denied", StringComparison.OrdinalIgnoreCase))
        {
            LeaveOutDenied();
            return;
        }

        if (verdict.Equals("Undetermined", StringComparison.OrdinalIgnoreCase))
        {
            AddUndetermined();
            return;
        }

        if (verdict.Length > 0 && !verdict.Equals("Allowed", StringComparison.OrdinalIgnoreCase))
        {
            Report(
                DiagnosticId.InvalidValue, $"'{record.Verdict}' is not a verdict of a connection; expected Allowed, Denied or Undetermined.", "verdict",
                location);
            return;
        }

        if (!PortSet.TryParse(record.Ports!, out var ports))
        {
            Report(DiagnosticId.InvalidValue, $"'{record.Ports}' names no ports; expected a form such as TCP 80,8000-8100 UDP 53, or All.", "ports", location);
            return;
        }

        if (ports.IsEmpty)
            return;
        try
        {
            if (Known(_ends.OfConnection(record.Source), record.Source, "source", location) is { } source
                && Known(_ends.OfConnection(record.Destination), record.Destination, "destination", location) is { } destination)
            {
                _connections.Add(new Traffic(source, destination, ports));
            }
        }
        catch (FormatException e)
        {
            Report(DiagnosticId.InvalidValue, e.Message, null, location);
        }
    }

    private void TakeHubble(TrafficRecord record, SourceLocation location)
    {
        // A policy that is only audited would have denied it; it came about all the same.
        bool? isAllowed = record.Verdict is "FORWARDED" or "REDIRECTED" or "AUDIT" ? true : record.Verdict == "DROPPED" ? false : null;
        if (isAllowed is null)
            _leftOut.Add(LeftOut.WithoutVerdict);
        else if (record.IsReply == "true" || (record.IsReply is null && record is { HasSyn: true, HasAck: true }))
            _leftOut.Add(LeftOut.Reply);
        else if (isAllowed == true && record is { IsReply: null, HasSyn: false } && record.Protocol is "TCP" or "UDP" or "SCTP")
            _leftOut.Add(LeftOut.UnknownDirection);
        else if (record.Source.Labels.Contains("reserved:host"))
            _leftOut.Add(LeftOut.FromOwnNode);
        else
            TakeFlow(
                record, isAllowed.Value, isAllowed.Value || record.DropReason is "POLICY_DENIED" or "POLICY_DENY", _ends.OfHubble, static _ => true, location);
    }

    private void TakeCalico(TrafficRecord record, SourceLocation location)
    {
        if (record.Action!.ToLowerInvariant() is not ("allow" or "deny") and var action)
            Report(DiagnosticId.InvalidValue, $"The action '{action}' is none of a flow; expected allow or deny.", "action", location);
        else
            TakeFlow(
                record, record.Action!.Equals("allow", StringComparison.OrdinalIgnoreCase), true, _ends.OfCalico, static end =>
                    RecordEnds.IsCalicoPod(end) || end.Address is not null, location);
    }

    /// <param name="record">With protocol and port.</param>
    /// <param name="isAllowed">Whether it went through.</param>
    /// <param name="countsAsDenied">Whether a policy kept it from that, if it did not.</param>
    /// <param name="find">Finds an end.</param>
    /// <param name="isNamed">Whether the record says anything of an end.</param>
    /// <param name="location">Of the record.</param>
    private void TakeFlow(
        TrafficRecord record, bool isAllowed, bool countsAsDenied, Func<RecordEnd, TrafficEnd?> find, Func<RecordEnd, bool> isNamed, SourceLocation location)
    {
        if (!isAllowed && (!_keepsDenied || !countsAsDenied))
            _leftOut.Add(_keepsDenied ? LeftOut.Dropped : LeftOut.Denied);
        if (!isAllowed && !countsAsDenied)
            return;
        var isCounted = isAllowed || _keepsDenied;
        if (ProtocolOf(record.Protocol) is not { } protocol)
        {
            if (isCounted)
                _leftOut.Add(LeftOut.OtherProtocol);
            return;
        }

        if (!int.TryParse(record.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < PortSet.MinPort or > PortSet.MaxPort)
        {
            Report(DiagnosticId.InvalidValue, $"The destination port '{record.Port}' is none; expected 1-65535.", null, location);
            return;
        }

        if (!isNamed(record.Source) || !isNamed(record.Destination))
        {
            if (isCounted)
                _leftOut.Add(LeftOut.UnknownAddress);
            return;
        }

        var (source, destination) = (find(record.Source), find(record.Destination));
        if (isCounted && (Known(source, record.Source, "source", location) is null || Known(destination, record.Destination, "destination", location) is null))
        {
            _leftOut.Add(LeftOut.UnknownEnd);
            return;
        }

        if (source is null || destination is null)
            return;
        if (source.Name.Addresses is not null && destination.Name.Addresses is not null)
            _leftOut.Add(LeftOut.OutsideOnly);
        else
            _flows.Add(source, destination, protocol, port, isAllowed, BySource(record.Reporter));
    }

    /// <summary>An end that the cluster has; where it has none, that is told once.</summary>
    private TrafficEnd? Known(TrafficEnd? found, RecordEnd end, string field, SourceLocation location)
    {
        if (found is not null)
            return found;
        var name = end.Pod ?? (end.Name is null or "-" ? end.AggregatedName : end.Name) ?? end.Address ?? "";
        var text = $"{(string.IsNullOrEmpty(end.Namespace) ? "" : end.Namespace + "/")}{name}{(string.IsNullOrEmpty(end.Kind) ? "" : $"[{end.Kind}]")}";
        if (_unknown.Add(text))
        {
            Report(
                DiagnosticId.UnknownEnd,
                name.Length == 0 ? $"The {field} is not named." : $"The snapshot holds no {text}; give the one that the connections or flows are of.",
                field,
                location);
        }

        return null;
    }

    private static Protocol? ProtocolOf(string? text) => text?.ToUpperInvariant() switch
    {
        "TCP" or "6" => Protocol.TCP,
        "UDP" or "17" => Protocol.UDP,
        "SCTP" or "132" => Protocol.SCTP,
        _ => null,
    };

    private static bool? BySource(string? reporter) => reporter?.ToUpperInvariant() switch
    {
        "SRC" or "EGRESS" => true,
        "DST" or "INGRESS" => false,
        _ => null,
    };

    private static string Seen(TrafficRecord record) => record.Fields.Count == 0 ? "" : $"; found {string.Join(", ", record.Fields)}";

    private void Report(DiagnosticId id, string message, string? field, SourceLocation location) =>
        _report(new Diagnostic(id, DiagnosticSeverity.Error, message)
        {
            Location = location.Line == 0 ? location : location with { Line = location.Line + _linesBefore },
            FieldPath = field,
        });
}
