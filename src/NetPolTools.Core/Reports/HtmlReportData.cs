using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Explaining;
using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Picturing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// What the page of a report shows, as one JSON object. Texts stand in it once, and are named by their numbers elsewhere; rows that say the same are one row.
/// A row, and a set of ends, is a list of runs: how many ends are skipped, how many follow, and in a row the cell that these have.
/// </summary>
/// <remarks>
/// All that is not ASCII, and what means something in HTML, is written as its number, so that it can stand in a page as it is. Names are shown as a terminal
/// would show them. A list of policies or rules that was cut ends with how many more there are, as a number below zero.
/// </remarks>
internal sealed class HtmlReportData(
    ClusterReport report, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<string> leftOut, string root, bool withReasons, bool withExposure)
{
    private readonly PagePools _pools = new(new LintPaths(root));
    private readonly Pooled<string> _rows = new();
    private readonly Pooled<string> _sides = new();
    private readonly Dictionary<(RuleSet?, IsolationState, string, PortSet), int> _sideOf = [];

    public byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteFigures(json);
            foreach (var end in report.Picture?.Ends ?? [])
                _pools.End(end);
            WritePicture(json);
            WriteIsolation(json);
            if (report.Exposure is { } exposure)
                new PageExposure(_pools, report.Limits.MostRules).Write(json, exposure, withExposure);
            WriteFindings(json);
            WritePlugin(json);
            WriteChange(json);
            WriteDiagnostics(json);
            WriteTexts(json, "sides", _sides.Values);
            _pools.Write(json);
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
        PagePools.WriteNumbers(json, "rowOf", picture.Rows.Select(row => _rows.NumberOf(Runs(row))));
        WriteTexts(json, "rows", _rows.Values);
        if (withReasons && picture.Reasons is { } reasons)
            WriteReasons(json, reasons);
    }

    /// <summary><c>[ports, undetermined, node traffic, notes…]</c>.</summary>
    private void WriteLine(Utf8JsonWriter json, PictureLine line)
    {
        json.WriteStartArray();
        json.WriteNumberValue(_pools.Text(line.Ports.ToString()));
        json.WriteNumberValue(line.Verdict == Verdict.Undetermined ? 1 : 0);
        json.WriteNumberValue(line.IsNodeTraffic ? 1 : 0);
        foreach (var note in line.Notes)
            json.WriteNumberValue(_pools.Text(note));
        json.WriteEndArray();
    }

    private static string Runs(IReadOnlyList<PictureEntry> row)
    {
        var runs = new RunList();
        foreach (var (destination, cell) in row)
            runs.Add(destination, cell);
        return runs.ToString();
    }

    /// <summary>
    /// A profile is <c>[never isolated, [policies…], [reason, set, reason, set…]]</c>, and where more rules decide than are named <c>[count, set…]</c>.
    /// </summary>
    private void WriteReasons(Utf8JsonWriter json, PictureReasons reasons)
    {
        var sets = new Pooled<string>();
        json.WriteStartArray("profiles");
        foreach (var profile in reasons.Profiles)
        {
            json.WriteStartArray();
            json.WriteNumberValue(_pools.Text(profile.NeverIsolated));
            PagePools.WriteNumbers(json, null, profile.Policies.Select(_pools.Policy), profile.MorePolicies);
            PagePools.WriteNumbers(json, null, profile.Reasons.SelectMany(found => new[] { _pools.Reason(found.Reason), sets.NumberOf(Set(found.Peers)) }));
            if (profile.More.Count > 0)
                PagePools.WriteNumbers(json, null, profile.More.SelectMany(more => new[] { more.Count, sets.NumberOf(Set(more.Peers)) }));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteTexts(json, "sets", sets.Values);
        PagePools.WriteNumbers(json, "egress", reasons.Egress);
        PagePools.WriteNumbers(json, "ingress", reasons.Ingress);

        static string Set(IReadOnlyList<int> peers)
        {
            var runs = new RunList();
            foreach (var peer in peers)
                runs.Add(peer, null);
            return runs.ToString();
        }
    }

    /// <summary>Workloads are <c>[end, ingress, egress, summary, host network]</c>, where directions are numbers of sides.</summary>
    private void WriteIsolation(Utf8JsonWriter json)
    {
        json.WriteStartArray("isolation");
        foreach (var isolation in report.Workloads)
        {
            json.WriteStartArray();
            json.WriteNumberValue(_pools.End(isolation.End));
            json.WriteNumberValue(Side(isolation.Ingress));
            json.WriteNumberValue(Side(isolation.Egress));
            json.WriteNumberValue(_pools.Text(isolation.Summary));
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
            json.WriteNumberValue(_pools.Text(isolation.Summary));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary><c>[state, peers, ports, [policies…], [names of policies of other kinds…]]</c>.</summary>
    private int Side(DirectionIsolation direction)
    {
        var key = (direction.RuleSet, direction.State, direction.Peers, direction.Ports);
        if (!_sideOf.TryGetValue(key, out var number))
            _sideOf.Add(key, number = _sides.NumberOf(SideText(direction)));
        return number;
    }

    private string SideText(DirectionIsolation direction)
    {
        var (first, more) = direction.FirstPolicies(report.Limits.MostPolicies);
        var policies = string.Join(',', first.Select(policy => _pools.Policy(PolicyPlace.Of(policy))).Concat(more > 0 ? [-more] : Array.Empty<int>()));
        var others = string.Join(',', direction.OtherPolicies.Select(name => _pools.Text(name)));
        return $"[{_pools.Text(direction.State.ToString())},{_pools.Text(direction.Peers)},{_pools.Text(direction.Ports.ToString())},[{policies}],[{others}]]";
    }

    /// <summary>Findings are <c>[severity, rule, its name, object, message, file, line, field]</c>, the gravest first.</summary>
    private void WriteFindings(Utf8JsonWriter json)
    {
        if (report.Lint is not { } lint)
            return;
        json.WriteStartArray("findings");
        foreach (var finding in LintWords.BySeverity(lint.Findings).Take(report.Limits.MostFindings))
        {
            PagePools.WriteNumbers(
                json,
                null,
                [
                    _pools.Text(LintWords.Of(finding.Severity)), _pools.Text(finding.Rule.Id), _pools.Text(finding.Rule.Name),
                    _pools.Text(finding.Object?.ToString() ?? ""),
                    _pools.Text(finding.Message), _pools.File(finding.Location), finding.Location.Line, _pools.Text(finding.FieldPath),
                ]);
        }

        json.WriteEndArray();
        if (lint.Findings.Count > report.Limits.MostFindings)
            json.WriteNumber("moreFindings", lint.Findings.Count - report.Limits.MostFindings);
        json.WriteNumber("suppressed", lint.Suppressed.Count);
        if (lint.Silent.Count > 0)
            json.WriteNumber("silent", _pools.Text(LintTextWriter.SumOfSilent(lint)));
    }

    private void WritePlugin(Utf8JsonWriter json)
    {
        if (report.Cni is not { } cni)
            return;
        json.WriteStartObject("plugin");
        json.WriteNumber("name", _pools.Text(cni.Verdict.Names));
        json.WriteNumber("enforced", _pools.Text(cni.Verdict.Enforced.ToString()));
        json.WriteNumber("reason", _pools.Text(cni.Verdict.Reason));
        PagePools.WriteNumbers(json, "warnings", cni.Verdict.Warnings.Concat(cni.Verdict.Advice).Select(text => _pools.Text(text)));
        PagePools.WriteNumbers(json, "limited", cni.Limited.Select(use => _pools.Text(use.ToString())));
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
            PagePools.WriteNumbers(json, null, [_pools.Text(end.Status.ToString()), _pools.End(end.End)]);
        json.WriteEndArray();
        PagePools.WriteNumbers(json, "policies", change.Policies.Select(policy => _pools.Text(policy.ToString())));
        json.WriteStartArray("changes");
        foreach (var line in DifferenceText.ForPeople(change.Changes))
            Write(json, line);
        json.WriteEndArray();
        if (withExposure && change.Exposure is { } exposure)
            new PageExposure(_pools, report.Limits.MostRules).Write(json, exposure);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, ConnectionChange change)
    {
        json.WriteStartArray();
        json.WriteNumberValue(_pools.Text(change.Kind.ToString()));
        json.WriteNumberValue(_pools.End(change.Source));
        json.WriteNumberValue(_pools.End(change.Destination));
        json.WriteNumberValue(_pools.Text(change.Before.ToString()));
        json.WriteNumberValue(_pools.Text(change.After.ToString()));
        json.WriteNumberValue(change.UndeterminedBefore.IsEmpty ? -1 : _pools.Text(change.UndeterminedBefore.ToString()));
        json.WriteNumberValue(change.UndeterminedAfter.IsEmpty ? -1 : _pools.Text(change.UndeterminedAfter.ToString()));
        json.WriteNumberValue(change.SourceStatus == EndStatus.Kept ? -1 : _pools.Text(change.SourceStatus.ToString()));
        json.WriteNumberValue(change.DestinationStatus == EndStatus.Kept ? -1 : _pools.Text(change.DestinationStatus.ToString()));
        PagePools.WriteNumbers(json, null, change.Policies.Select(policy => _pools.Text(policy.ToString())));
        PagePools.WriteNumbers(json, null, change.Notes.Select(note => _pools.Text(note)));
        json.WriteEndArray();
    }

    /// <summary><c>[severity, message, file, line]</c>.</summary>
    private void WriteDiagnostics(Utf8JsonWriter json)
    {
        json.WriteStartArray("diagnostics");
        foreach (var told in diagnostics.Where(told => report.Lint?.Tells(told) != true))
        {
            PagePools.WriteNumbers(
                json, null, [_pools.Text(told.Severity.ToString()), _pools.Text(told.Message), _pools.File(told.Location), told.Location.Line]);
        }

        json.WriteEndArray();
        PagePools.WriteNumbers(json, "leftOut", report.LeftOut.Concat(leftOut).Select(text => _pools.Text(text)));
    }

    /// <summary>Items that are JSON already.</summary>
    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteRawValue(item, skipInputValidation: true);
        json.WriteEndArray();
    }
}
