using System.Text.Json;
using NetPolTools.Exposure;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reports;

/// <summary>What the page of a report says of exposure.</summary>
/// <param name="pools">Of the page.</param>
/// <param name="mostReasons">So many beside each line; the others are counted.</param>
internal sealed class PageExposure(PagePools pools, int mostReasons)
{
    private readonly Pooled<string> _shapes = new();

    /// <summary>
    /// <c>grades</c> are <c>[name, words, workloads that are reached, workloads that reach]</c>; <c>exposure</c> is <c>[end, line…]</c>, where a line is
    /// <c>[shape, who, example, reason…]</c>; <c>shapes</c> are <c>[0 for ingress and 1 for egress, grade, ports, undetermined ports, 1 for labels that were
    /// too many]</c>.
    /// </summary>
    /// <param name="json">Where to.</param>
    /// <param name="exposure">What to write.</param>
    /// <param name="withLines">Whether there is more than the grades.</param>
    public void Write(Utf8JsonWriter json, IReadOnlyList<ExposureLine> exposure, bool withLines)
    {
        PagePools.WriteTuples(json, "grades", ExposureSum.Of(exposure).Select(sum => new[]
        {
            pools.Text(sum.Grade.ToString()), pools.Text(ExposureText.Of(sum.Grade)), sum.Reached, sum.Reaching,
        }));
        if (!withLines)
            return;
        json.WriteStartArray("exposure");
        foreach (var lines in exposure.GroupBy(static line => line.Workload))
        {
            json.WriteStartArray();
            json.WriteNumberValue(pools.End(lines.Key));
            foreach (var line in lines)
            {
                var (deciding, more) = line.FirstDeciding(mostReasons);
                PagePools.WriteNumbers(
                    json, null, [ShapeOf(line), pools.Text(line.Who), pools.Text(line.Example), .. deciding.Select(pools.Reason)], more);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("shapes");
        foreach (var shape in _shapes.Values)
            json.WriteRawValue(shape, skipInputValidation: true);
        json.WriteEndArray();
    }

    /// <summary>What a change does: <c>[opened or closed, end, 0 for ingress and 1 for egress, who, ports, undetermined ports, reason…]</c>.</summary>
    public void Write(Utf8JsonWriter json, IEnumerable<ExposureChange> changes)
    {
        json.WriteStartArray("exposure");
        foreach (var (change, line) in changes.Select(static change => (change.Change, change.Line)))
        {
            var (deciding, more) = line.FirstDeciding(mostReasons);
            int[] numbers =
            [
                pools.Text(change), pools.End(line.Workload), line.Direction == PolicyDirection.Ingress ? 0 : 1, pools.Text(line.Who), TextOf(line.Ports),
                TextOf(line.Undetermined), .. deciding.Select(pools.Reason),
            ];
            PagePools.WriteNumbers(json, null, numbers, more);
        }

        json.WriteEndArray();
    }

    private int TextOf(PortSet ports) => ports.IsEmpty ? -1 : pools.Text(ports.ToString());

    /// <summary>What many lines have alike.</summary>
    private int ShapeOf(ExposureLine line)
    {
        int[] numbers =
        [
            line.Direction == PolicyDirection.Ingress ? 0 : 1,
            (int)line.Grade,
            TextOf(line.Ports),
            TextOf(line.Undetermined),
            line.IsCut ? 1 : 0,
        ];
        return _shapes.NumberOf($"[{string.Join(',', numbers)}]");
    }
}
