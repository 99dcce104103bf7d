using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Explaining;
using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Picturing;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// What the page of a report shows, as one JSON object. Texts stand in it once, and are named by their numbers elsewhere; rows that say the same are one row.
/// A row, and a set of ends, is a list of runs: how many ends are skipped, how many follow, and in a row the cell that these have.
/// </summary>
/// <remarks>
/// All that is not ASCII, and what means something in HTML, is written as its number, so that it can stand in a page as it is. Names are shown as a terminal
/// would show them.
/// </remarks>
internal sealed class HtmlReportData(
    ClusterReport report, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<string> leftOut, string root, bool withReasons)
{
    private readonly LintPaths _paths = new(root);
    private readonly Pooled<ConnectionEnd> _ends = new();
    private readonly Pooled<string> _texts = new();
    private readonly Pooled<string> _rows = new();
    private readonly Pooled<(int Name, int File, int Line)> _policies = new();
    private readonly Pooled<(int Policy, int Path, int File, int Line)> _rules = new();
    private readonly Pooled<(int Rule, int Policy, int Action, int Ports, int Text)> _reasons = new();
    private readonly Pooled<string> _sides = new();

    public byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteFigures(json);
            foreach (var end in report.Picture?.Ends ?? [])
                _ends.NumberOf(end);
            WritePicture(json);
            WriteIsolation(json);
            WriteFindings(json);
            WritePlugin(json);
            WriteChange(json);
            WriteDiagnostics(json);
            WritePools(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The properties of an object.</summary>
    internal static void WriteFigures(Utf8JsonWriter json, ReportFigures figures)
    {
        json.WriteNumber("namespaces", figures.Namespaces);
        json.WriteNumber("workloads", figures.Workloads);
        json.WriteNumber("policies", figures.Policies);
        if (figures.Connections is { } connections)
            json.WriteNumber("connections", connections);
        json.WriteNumber("openToReceive", figures.OpenToReceive);
        json.WriteNumber("openToSend", figures.OpenToSend);
        json.WriteNumber("wideOpen", figures.WideOpen);
        json.WriteNumber("hostNetwork", figures.HostNetwork);
    }

    private int Text(string? text) => text is null ? -1 : _texts.NumberOf(Printable.Of(text));

    private int File(SourceLocation location) => location.IsKnown && location.File is { } file ? Text(_paths.Of(file)) : -1;

    private int Policy(PolicyPlace policy) => _policies.NumberOf((Text(policy.Name), File(policy.Location), policy.Location.Line));

    private void WriteFigures(Utf8JsonWriter json)
    {
        json.WriteStartObject("figures");
        WriteFigures(json, report.Figures);
        json.WriteEndObject();
        if (report.Cluster.Origin is { } origin)
        {
            json.WriteStartObject("origin");
            if (origin.Context is not null)
                json.WriteString("context", Printable.Of(origin.Context));
            json.WriteString("taken", origin.ReadAt);
            json.WriteEndObject();
        }
    }

    private void WritePicture(Utf8JsonWriter json)
    {
        if (report.Picture is not { } picture)
            return;
        json.WriteString("by", picture.By.ToString());
        json.WriteNumber("own", picture.OwnCount);
        if (picture.IsAsked.Contains(false))
            json.WriteString("asked", string.Concat(picture.IsAsked.Select(static isAsked => isAsked ? '1' : '0')));
        json.WriteStartArray("cells");
        foreach (var cell in picture.Cells)
        {
            json.WriteStartArray();
            foreach (var line in cell)
                WriteLine(json, line);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteNumbers(json, "rowOf", picture.Rows.Select(row => _rows.NumberOf(Runs(row))));
        json.WriteStartArray("rows");
        foreach (var row in _rows.Values)
            json.WriteRawValue(row, skipInputValidation: true);
        json.WriteEndArray();
        if (withReasons && picture.Reasons is { } reasons)
            WriteReasons(json, reasons);
    }

    /// <summary><c>[ports, undetermined, node traffic, notes…]</c>.</summary>
    private void WriteLine(Utf8JsonWriter json, PictureLine line)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Text(line.Ports.ToString()));
        json.WriteNumberValue(line.Verdict == Verdict.Undetermined ? 1 : 0);
        json.WriteNumberValue(line.IsNodeTraffic ? 1 : 0);
        foreach (var note in line.Notes)
            json.WriteNumberValue(Text(note));
        json.WriteEndArray();
    }

    private static string Runs(IReadOnlyList<PictureEntry> row)
    {
        var runs = new RunList();
        foreach (var (destination, cell) in row)
            runs.Add(destination, cell);
        return runs.ToString();
    }

    /// <summary>A profile is <c>[never isolated, [policies…], [reason, set, reason, set…]]</c>.</summary>
    private void WriteReasons(Utf8JsonWriter json, PictureReasons reasons)
    {
        var sets = new Pooled<string>();
        json.WriteStartArray("profiles");
        foreach (var profile in reasons.Profiles)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Text(profile.NeverIsolated));
            WriteNumbers(json, null, profile.Policies.Select(Policy));
            WriteNumbers(json, null, profile.Reasons.SelectMany(found => new[] { Reason(found.Reason), sets.NumberOf(Set(found.Peers)) }));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("sets");
        foreach (var set in sets.Values)
            json.WriteRawValue(set, skipInputValidation: true);
        json.WriteEndArray();
        WriteNumbers(json, "egress", reasons.Egress);
        WriteNumbers(json, "ingress", reasons.Ingress);

        static string Set(IReadOnlyList<int> peers)
        {
            var runs = new RunList();
            foreach (var peer in peers)
                runs.Add(peer, null);
            return runs.ToString();
        }
    }

    private int Reason(PictureReason reason)
    {
        var rule = reason.Rule is { } place
            ? _rules.NumberOf((Policy(place.Policy), Text(place.Path), File(place.Location), place.Location.Line))
            : -1;
        var policy = reason.Policy is { } its ? Policy(its) : -1;
        return _reasons.NumberOf((rule, policy, Text(reason.Action), reason.Ports.IsEmpty ? -1 : Text(reason.Ports.ToString()), Text(reason.Text)));
    }

    /// <summary>Workloads are <c>[end, ingress, egress, summary, host network]</c>, where directions are numbers of sides.</summary>
    private void WriteIsolation(Utf8JsonWriter json)
    {
        json.WriteStartArray("isolation");
        foreach (var isolation in report.Workloads)
        {
            json.WriteStartArray();
            json.WriteNumberValue(_ends.NumberOf(isolation.End));
            json.WriteNumberValue(Side(isolation.Ingress));
            json.WriteNumberValue(Side(isolation.Egress));
            json.WriteNumberValue(Text(isolation.Summary));
            json.WriteNumberValue(isolation.IsHostNetwork ? 1 : 0);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("namespaces");
        foreach (var isolation in report.Namespaces)
        {
            json.WriteStartArray();
            json.WriteStringValue(Printable.Of(isolation.Namespace));
            json.WriteNumberValue(isolation.Workloads);
            json.WriteNumberValue(isolation.HostNetworkWorkloads);
            json.WriteNumberValue(isolation.IngressIsolated);
            json.WriteNumberValue(isolation.EgressIsolated);
            json.WriteNumberValue(Text(isolation.Summary));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary><c>[state, peers, ports, [policies…], [names of policies of other kinds…]]</c>.</summary>
    private int Side(DirectionIsolation direction)
    {
        var policies = string.Join(',', direction.Policies.Select(policy => Policy(PolicyPlace.Of(policy))));
        var others = string.Join(',', direction.OtherPolicies.Select(name => Text(name)));
        return _sides.NumberOf(
            $"[{Text(direction.State.ToString())},{Text(direction.Peers)},{Text(direction.Ports.ToString())},[{policies}],[{others}]]");
    }

    /// <summary>Findings are <c>[severity, rule, its name, object, message, file, line, field]</c>, the gravest first.</summary>
    private void WriteFindings(Utf8JsonWriter json)
    {
        if (report.Lint is not { } lint)
            return;
        json.WriteStartArray("findings");
        foreach (var finding in LintWords.BySeverity(lint.Findings))
        {
            WriteNumbers(
                json,
                null,
                [
                    Text(LintWords.Of(finding.Severity)), Text(finding.Rule.Id), Text(finding.Rule.Name), Text(finding.Object?.ToString() ?? ""),
                    Text(finding.Message), File(finding.Location), finding.Location.Line, Text(finding.FieldPath),
                ]);
        }

        json.WriteEndArray();
        json.WriteNumber("suppressed", lint.Suppressed.Count);
        if (lint.Silent.Count > 0)
            json.WriteNumber("silent", Text(LintTextWriter.SumOfSilent(lint)));
    }

    private void WritePlugin(Utf8JsonWriter json)
    {
        if (report.Cni is not { } cni)
            return;
        json.WriteStartObject("plugin");
        json.WriteNumber("name", Text(cni.Verdict.Names));
        json.WriteNumber("enforced", Text(cni.Verdict.Enforced.ToString()));
        json.WriteNumber("reason", Text(cni.Verdict.Reason));
        WriteNumbers(json, "warnings", cni.Verdict.Warnings.Concat(cni.Verdict.Advice).Select(text => Text(text)));
        WriteNumbers(json, "limited", cni.Limited.Select(use => Text(use.ToString())));
        json.WriteEndObject();
    }

    /// <summary>
    /// Changes are <c>[kind, source, destination, ports before, ports after, undetermined before, undetermined after, status of the source, status of the
    /// destination, [policies…], [notes…]]</c>.
    /// </summary>
    private void WriteChange(Utf8JsonWriter json)
    {
        if (report.Change is not { } change)
            return;
        json.WriteStartObject("change");
        json.WriteStartArray("ends");
        foreach (var end in change.Ends)
            WriteNumbers(json, null, [Text(end.Status.ToString()), _ends.NumberOf(end.End)]);
        json.WriteEndArray();
        WriteNumbers(json, "policies", change.Policies.Select(policy => Text(policy.ToString())));
        json.WriteStartArray("changes");
        foreach (var line in DifferenceText.ForPeople(change.Changes))
            Write(json, line);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, ConnectionChange change)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Text(change.Kind.ToString()));
        json.WriteNumberValue(_ends.NumberOf(change.Source));
        json.WriteNumberValue(_ends.NumberOf(change.Destination));
        json.WriteNumberValue(Text(change.Before.ToString()));
        json.WriteNumberValue(Text(change.After.ToString()));
        json.WriteNumberValue(change.UndeterminedBefore.IsEmpty ? -1 : Text(change.UndeterminedBefore.ToString()));
        json.WriteNumberValue(change.UndeterminedAfter.IsEmpty ? -1 : Text(change.UndeterminedAfter.ToString()));
        json.WriteNumberValue(change.SourceStatus == EndStatus.Kept ? -1 : Text(change.SourceStatus.ToString()));
        json.WriteNumberValue(change.DestinationStatus == EndStatus.Kept ? -1 : Text(change.DestinationStatus.ToString()));
        WriteNumbers(json, null, change.Policies.Select(policy => Text(policy.ToString())));
        WriteNumbers(json, null, change.Notes.Select(note => Text(note)));
        json.WriteEndArray();
    }

    /// <summary><c>[severity, message, file, line]</c>.</summary>
    private void WriteDiagnostics(Utf8JsonWriter json)
    {
        json.WriteStartArray("diagnostics");
        foreach (var told in diagnostics.Where(told => report.Lint?.Tells(told) != true))
            WriteNumbers(json, null, [Text(told.Severity.ToString()), Text(told.Message), File(told.Location), told.Location.Line]);
        json.WriteEndArray();
        WriteNumbers(json, "leftOut", report.LeftOut.Concat(leftOut).Select(text => Text(text)));
    }

    private void WritePools(Utf8JsonWriter json)
    {
        json.WriteStartArray("ends");
        foreach (var end in _ends.Values)
        {
            json.WriteStartArray();
            if (end.Addresses is { } addresses)
            {
                json.WriteStringValue(Printable.Of(addresses));
            }
            else
            {
                json.WriteNumberValue(Text(end.Namespace));
                json.WriteStringValue(Printable.Of(end.Name!));
                json.WriteNumberValue(Text(end.Kind));
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteTuples(json, "policies", _policies.Values.Select(static policy => new[] { policy.Name, policy.File, policy.Line }));
        WriteTuples(json, "rules", _rules.Values.Select(static rule => new[] { rule.Policy, rule.Path, rule.File, rule.Line }));
        WriteTuples(
            json, "reasons", _reasons.Values.Select(static reason => new[] { reason.Rule, reason.Policy, reason.Action, reason.Ports, reason.Text }));
        json.WriteStartArray("sides");
        foreach (var side in _sides.Values)
            json.WriteRawValue(side, skipInputValidation: true);
        json.WriteEndArray();
        json.WriteStartArray("texts");
        foreach (var text in _texts.Values)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteTuples(Utf8JsonWriter json, string name, IEnumerable<int[]> tuples)
    {
        json.WriteStartArray(name);
        foreach (var tuple in tuples)
            WriteNumbers(json, null, tuple);
        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string? name, IEnumerable<int> numbers)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
