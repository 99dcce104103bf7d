namespace NetPolTools.Authoring.Flows;

/// <summary>What a connection or flow record says, of whatever form; what it does not say is null.</summary>
internal sealed class TrafficRecord
{
    public RecordEnd Source { get; } = new();

    public RecordEnd Destination { get; } = new();

    /// <summary>Ports as our own listings write them.</summary>
    public string? Ports { get; set; }

    /// <summary>Our own <c>Allowed</c> and <c>Denied</c>; Hubble's <c>FORWARDED</c>, <c>DROPPED</c> and others.</summary>
    public string? Verdict { get; set; }

    /// <summary>Calico's <c>allow</c> and <c>deny</c>.</summary>
    public string? Action { get; set; }

    /// <summary>Which end saw the flow: Calico's <c>src</c> and <c>dst</c>, Hubble's <c>EGRESS</c> and <c>INGRESS</c>.</summary>
    public string? Reporter { get; set; }

    public string? Protocol { get; set; }

    public string? Port { get; set; }

    public string? IsReply { get; set; }

    /// <summary>Hubble's reason for a drop, such as <c>POLICY_DENIED</c>.</summary>
    public string? DropReason { get; set; }

    public bool HasSyn { get; set; }

    public bool HasAck { get; set; }

    /// <summary>It holds records, or something of Hubble's that is no flow, and is none itself.</summary>
    public bool IsNoRecord { get; set; }

    /// <summary>The fields that were found, a few, to tell what a thing is that is no record.</summary>
    public List<string> Fields { get; } = [];

    public bool IsConnection => Ports is not null;

    public bool IsCalico => Action is not null && !IsConnection;

    public bool IsHubble => Verdict is not null && !IsConnection && !IsCalico;
}
