using NetPolTools.Exposure;

namespace NetPolTools.Output;

/// <summary>That pods to come may talk to a workload in one of two inputs and not in the other.</summary>
public sealed class NetPolExposureChange : NetPolExposure
{
    internal NetPolExposureChange(ExposureChange change)
        : base(change.Line)
    {
        Change = change.Change;
    }

    /// <summary>Opened or Closed; Ports are those that are.</summary>
    public string Change { get; }

    /// <summary><c>Opened shop/db from any pod in any namespace: TCP 5432</c>.</summary>
    public override string ToString() => $"{Change} {base.ToString()}";
}
