using System.Management.Automation;
using NetPolTools.Exposure;
using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of exposure.</summary>
public static class ExposureDisplay
{
    /// <summary><c>from any pod in any namespace</c>, coloured where it is anybody who may create a pod or has an address.</summary>
    public static string Who(PSObject exposure)
    {
        var direction = Shown.Text(exposure, nameof(NetPolExposure.Direction)) == nameof(PolicyDirection.Ingress) ? "from" : "to";
        var cut = Shown.Text(exposure, nameof(NetPolExposure.IsCut)) == "True" ? " *" : "";
        var who = $"{direction} {Shown.Text(exposure, nameof(NetPolExposure.Who))}{cut}";
        return Shown.Text(exposure, nameof(NetPolExposure.Grade)) is nameof(ExposureGrade.Anywhere) or nameof(ExposureGrade.Outside) ? Style.Open(who) : who;
    }

    /// <summary>The ports; behind them those of which nothing in the input tells.</summary>
    public static string Ports(PSObject exposure)
    {
        var (ports, open) = (Text(nameof(NetPolExposure.Ports)), Text(nameof(NetPolExposure.UndeterminedPorts)));
        return open == "None" ? ports : ports == "None" ? $"Undetermined {open}" : $"{ports}; Undetermined {open}";

        string Text(string name) => Shown.Ports(exposure, name).ToString() ?? "";
    }
}
