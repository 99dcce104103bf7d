using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Authoring.Flows;

/// <summary>
/// Reads one value of tokens as connection and flow records: our own listings as JSON, CSV rows and objects; Hubble's flows, in <c>flow</c> or bare; Calico's
/// flow logs, and what Goldmane and Whisker make of them; lists of any of these. Fields of other meaning are passed over.
/// </summary>
/// <remarks>
/// The forms share their fields' names but for case and underscores (<c>source_namespace</c>, <c>sourceNamespace</c>, <c>SourceNamespace</c>), so
/// these do not count.
/// </remarks>
internal sealed class RecordReader(Action<TrafficRecord, SourceLocation> found)
{
    private const int FieldsToTell = 5;

    private readonly Dictionary<string, string> _plainNames = [];

    /// <param name="tokens">On the first token of the value; left on its last.</param>
    public void Read(ManifestTokenReader tokens)
    {
        if (tokens.Kind == ManifestTokenKind.ArrayStart)
        {
            QuietWalk.EachItem(tokens, () => Read(tokens));
            return;
        }

        var location = tokens.Location;
        var record = new TrafficRecord();
        if (tokens.Kind == ManifestTokenKind.ObjectStart)
            EachField(tokens, name => ReadField(name, tokens, record));
        else
            record.Fields.Add(tokens.Text);
        if (!record.IsNoRecord)
            found(record, location);
    }

    private void ReadField(string name, ManifestTokenReader tokens, TrafficRecord record)
    {
        if (record.Fields.Count < FieldsToTell)
            record.Fields.Add(name);
        switch (Plain(name))
        {
            case "flow" or "key" or "_source" or "hits" when tokens.Kind == ManifestTokenKind.ObjectStart:
                EachField(tokens, inner => ReadField(inner, tokens, record));
                break;
            case "connections" or "items" or "flows" or "hits" when tokens.Kind == ManifestTokenKind.ArrayStart:
                record.IsNoRecord = true;
                QuietWalk.EachItem(tokens, () => Read(tokens));
                break;
            case "nodestatus" or "lostevents" or "agentevent" or "debugevent":
                record.IsNoRecord = true;
                tokens.Skip();
                break;
            case "ports":
                record.Ports = tokens.Kind == ManifestTokenKind.ArrayStart ? string.Join(' ', QuietWalk.Texts(tokens)) : QuietWalk.Text(tokens);
                break;
            case "verdict":
                record.Verdict = QuietWalk.Text(tokens);
                break;
            case "action":
                record.Action = QuietWalk.Text(tokens);
                break;
            case "reporter" or "trafficdirection":
                record.Reporter = QuietWalk.Text(tokens);
                break;
            case "proto" or "protocol":
                record.Protocol = QuietWalk.Text(tokens);
                break;
            case "destport":
                record.Port = QuietWalk.Text(tokens);
                break;
            case "isreply":
                record.IsReply = QuietWalk.Text(tokens);
                break;
            case "reply":
                record.IsReply ??= QuietWalk.Text(tokens);
                break;
            case "dropreasondesc":
                record.DropReason = QuietWalk.Text(tokens);
                break;
            case "ip" when tokens.Kind == ManifestTokenKind.ObjectStart:
                EachField(tokens, inner => ReadAddress(inner, tokens, record));
                break;
            case "l4" when tokens.Kind == ManifestTokenKind.ObjectStart:
                EachField(tokens, protocol => ReadProtocol(protocol, tokens, record));
                break;
            case { } plain when plain.StartsWith("source", StringComparison.Ordinal):
                ReadEndField(plain["source".Length..], tokens, record.Source);
                break;
            case { } plain when plain.StartsWith("destination", StringComparison.Ordinal):
                ReadEndField(plain["destination".Length..], tokens, record.Destination);
                break;
            case { } plain when plain.StartsWith("dest", StringComparison.Ordinal):
                ReadEndField(plain["dest".Length..], tokens, record.Destination);
                break;
            default:
                tokens.Skip();
                break;
        }
    }

    /// <summary>A field of an end: inside <c>source</c>, or beside others with its name in front.</summary>
    private void ReadEndField(string name, ManifestTokenReader tokens, RecordEnd end)
    {
        switch (name)
        {
            case "" when tokens.Kind == ManifestTokenKind.ObjectStart:
                EachField(tokens, inner => ReadEndField(Plain(inner), tokens, end));
                break;
            case "" or "name":
                end.Name = QuietWalk.Text(tokens);
                break;
            case "namespace":
                end.Namespace = QuietWalk.Text(tokens);
                break;
            case "kind":
                end.Kind = QuietWalk.Text(tokens);
                break;
            case "addresses":
                end.Addresses = QuietWalk.Text(tokens);
                break;
            case "ip":
                end.Address = QuietWalk.Text(tokens);
                break;
            case "nameaggr":
                end.AggregatedName = QuietWalk.Text(tokens);
                break;
            case "type":
                end.Type = QuietWalk.Text(tokens);
                break;
            case "podname":
                end.Pod = QuietWalk.Text(tokens);
                break;
            case "labels" when tokens.Kind == ManifestTokenKind.ArrayStart:
                end.Labels.AddRange(QuietWalk.Texts(tokens));
                break;
            case "workloads" when tokens.Kind == ManifestTokenKind.ArrayStart:
                QuietWalk.EachItem(tokens, () => ReadWorkload(tokens, end));
                break;
            default:
                tokens.Skip();
                break;
        }
    }

    private static void ReadAddress(string name, ManifestTokenReader tokens, TrafficRecord record)
    {
        switch (name)
        {
            case "source":
                record.Source.Address = QuietWalk.Text(tokens);
                break;
            case "destination":
                record.Destination.Address = QuietWalk.Text(tokens);
                break;
            default:
                tokens.Skip();
                break;
        }
    }

    private static void ReadProtocol(string protocol, ManifestTokenReader tokens, TrafficRecord record)
    {
        record.Protocol = protocol;
        if (tokens.Kind != ManifestTokenKind.ObjectStart)
        {
            tokens.Skip();
            return;
        }

        EachField(tokens, name =>
        {
            if (name == "destination_port")
                record.Port = QuietWalk.Text(tokens);
            else if (name == "flags" && tokens.Kind == ManifestTokenKind.ObjectStart)
                EachField(tokens, flag => ReadFlag(flag, tokens, record));
            else
                tokens.Skip();
        });
    }

    private static void ReadFlag(string flag, ManifestTokenReader tokens, TrafficRecord record)
    {
        var isSet = QuietWalk.Text(tokens) == "true";
        record.HasSyn |= isSet && flag == "SYN";
        record.HasAck |= isSet && flag == "ACK";
    }

    private static void ReadWorkload(ManifestTokenReader tokens, RecordEnd end)
    {
        if (tokens.Kind != ManifestTokenKind.ObjectStart)
        {
            tokens.Skip();
            return;
        }

        var (kind, name) = ("", "");
        EachField(tokens, field =>
        {
            if (field == "kind")
                kind = QuietWalk.Text(tokens) ?? "";
            else if (field == "name")
                name = QuietWalk.Text(tokens) ?? "";
            else
                tokens.Skip();
        });
        end.Workloads.Add((kind, name));
    }

    private static void EachField(ManifestTokenReader tokens, Action<string> read)
    {
        while (tokens.Read() && tokens.Kind == ManifestTokenKind.PropertyName)
        {
            var name = tokens.Text;
            tokens.Read();
            read(name);
        }
    }

    private string Plain(string name)
    {
        if (!_plainNames.TryGetValue(name, out var plain))
        {
            plain = (name.StartsWith('_') ? name : name.Replace("_", "", StringComparison.Ordinal)).ToLowerInvariant();
            _plainNames.Add(name, plain);
        }

        return plain;
    }
}
