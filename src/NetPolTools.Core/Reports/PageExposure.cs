using System.Text.Json;
using NetPolTools.Exposure;
using NetPolTools.Objects;

namespace NetPolTools.Reports;

/// <summary>What the page of a report says of exposure.</summary>
/// <param name="pools">Of the page.</param>
internal sealed class PageExposure(PagePools pools)
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
                PagePools.WriteNumbers(
                    json, null, [ShapeOf(line), pools.Text(line.Who), pools.Text(line.Example), .. line.Deciding.Select(pools.Reason)]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("shapes");
        foreach (var shape in _shapes.Values)
            json.WriteRawValue(shape, skipInputValidation: true);
        json.WriteEndArray();
    }

    /// <summary>What many lines have alike.</summary>
    private int ShapeOf(ExposureLine line)
    {
        int[] numbers =
        [
            line.Direction == PolicyDirection.Ingress ? 0 : 1,
            (int)line.Grade,
            line.Ports.IsEmpty ? -1 : pools.Text(line.Ports.ToString()),
            line.Undetermined.IsEmpty ? -1 : pools.Text(line.Undetermined.ToString()),
            line.IsCut ? 1 : 0,
        ];
        return _shapes.NumberOf($"[{string.Join(',', numbers)}]");
    }
}
