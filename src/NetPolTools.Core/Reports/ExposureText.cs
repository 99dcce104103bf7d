using NetPolTools.Exposure;
using NetPolTools.Objects;

namespace NetPolTools.Reports;

/// <summary>The parts of a line about exposure in words, the same in every format for people.</summary>
public static class ExposureText
{
    /// <summary><c>TCP 80</c>, <c>TCP 80; undetermined: UDP 53</c>.</summary>
    public static string PortsOf(ExposureLine line) => line.Undetermined.IsEmpty ? line.Ports.ToString()
        : line.Ports.IsEmpty ? $"undetermined: {line.Undetermined}"
        : $"{line.Ports}; undetermined: {line.Undetermined}";

    /// <summary>Where the workload stands in the connection, seen from it: <c>from</c> or <c>to</c>.</summary>
    public static string DirectionOf(ExposureLine line) => line.Direction == PolicyDirection.Ingress ? "from" : "to";

    /// <summary>Who, marked with * where labels were too many to look at all.</summary>
    public static string WhoOf(ExposureLine line) => line.IsCut ? $"{line.Who} *" : line.Who;

    /// <summary>How many names of namespaces a line has in CSV and JSON: of thousands, each line would be megabytes.</summary>
    public const int MostNames = 100;

    /// <summary>Names with blanks between them; where they are too many, the first and how many more there are.</summary>
    public static string NamesOf(IReadOnlyCollection<string> names) => names.Count <= MostNames
        ? string.Join(' ', names)
        : $"{string.Join(' ', names.Take(MostNames))} and {names.Count - MostNames} more";

    /// <summary>Where such a pod has to be, or what has to have such an address.</summary>
    public static string Of(ExposureGrade grade) => grade switch
    {
        ExposureGrade.Anywhere => "a pod in any namespace",
        ExposureGrade.LabelledNamespaces => "a pod in namespaces with certain labels",
        ExposureGrade.NamedNamespaces => "a pod in certain namespaces",
        ExposureGrade.OwnNamespace => "a pod in the workload's own namespace",
        _ => "an address outside the cluster",
    };
}
