using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Objects;

namespace NetPolTools.Reports;

/// <summary>Of how many workloads an exposure has lines of one grade.</summary>
/// <param name="Grade">Which.</param>
/// <param name="Reached">Workloads that such pods or addresses could reach.</param>
/// <param name="Reaching">Workloads that could reach them.</param>
internal sealed record ExposureSum(ExposureGrade Grade, int Reached, int Reaching)
{
    /// <summary>Every grade, the widest first.</summary>
    public static IEnumerable<ExposureSum> Of(IReadOnlyList<ExposureLine> lines)
    {
        var workloads = new HashSet<(ExposureGrade, PolicyDirection, ConnectionEnd)>(
            lines.Select(static line => (line.Grade, line.Direction, line.Workload)));
        var counts = workloads.GroupBy(static found => (found.Item1, found.Item2)).ToDictionary(static same => same.Key, static same => same.Count());
        return Enum.GetValues<ExposureGrade>().Select(grade => new ExposureSum(
            grade, counts.GetValueOrDefault((grade, PolicyDirection.Ingress)), counts.GetValueOrDefault((grade, PolicyDirection.Egress))));
    }
}
