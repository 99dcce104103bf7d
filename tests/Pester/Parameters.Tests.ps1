BeforeDiscovery { Import-Module $env:NETPOLTOOLS_MODULE }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $cluster = Get-NetPolSnapshot $threeTier
    $rule = New-NetPolRule 80
    $peer = New-NetPolClusterPeer app=web
    $file = Join-Path $TestDrive out.yaml
}

# A parameter that would change nothing beside another is refused: whoever gives it expects something of it.
Describe 'Parameters that exclude each other' {
    It '<Command> refuses -<Parameters>' -ForEach @(
        @{ Command = 'Get-NetPolReachability'; Parameters = 'AsMatrix, Explain'; Call = { Get-NetPolReachability $threeTier -AsMatrix -Explain };
            Like = '*-AsMatrix has no room*' }
        @{ Command = 'Get-NetPolReachability'; Parameters = 'AsTree, Explain'; Call = { Get-NetPolReachability $threeTier -AsTree -Explain };
            Like = '*-AsTree has no room*' }
        @{ Command = 'Get-NetPolReachability'; Parameters = 'AsTree, AsMatrix'; Call = { Get-NetPolReachability $threeTier -AsTree -AsMatrix };
            Like = '*two pictures*' }
        @{ Command = 'Get-NetPolReachability'; Parameters = 'Explain, By Namespace'; Call = { Get-NetPolReachability $threeTier -Explain -By Namespace };
            Like = '*-Explain goes by workload or pod*' }
        @{ Command = 'Get-NetPolReachability'; Parameters = 'Watch, AsMatrix'; Call = { Get-NetPolReachability -Context c -Watch -AsMatrix };
            Like = '*have no place there*' }
        @{ Command = 'Get-NetPolReachability'; Parameters = 'Watch, Explain'; Call = { Get-NetPolReachability -Context c -Watch -Explain };
            Like = '*have no place there*' }
        @{ Command = 'Get-NetPolReachability'; Parameters = 'Watch, IncludeDenied'; Call = { Get-NetPolReachability -Context c -Watch -IncludeDenied };
            Like = '*have no place there*' }
        @{ Command = 'Get-NetPolReachability'; Parameters = 'Port, Protocol'; Call = { Get-NetPolReachability $threeTier -Port 53/UDP -Protocol TCP };
            Like = '*names no port of the protocols asked about*' }
        @{ Command = 'Compare-NetPolReachability'; Parameters = 'Port, Protocol';
            Call = { Compare-NetPolReachability $threeTier $threeTier -Port 53/UDP -Protocol TCP }; Like = '*names no port of the protocols asked about*' }
        @{ Command = 'Test-NetPolReachability'; Parameters = 'Port, Protocol'; Call = { Test-NetPolReachability $threeTier web db 53/UDP -Protocol TCP };
            Like = '*names no port of the protocols asked about*' }
        @{ Command = 'Edit-NetPolSnapshot'; Parameters = 'Workload, Namespace';
            Call = { $cluster | Edit-NetPolSnapshot -Workload shop/web -Namespace shop -Label a=b }; Like = '*exclude each other*' }
        @{ Command = 'Edit-NetPolSnapshot'; Parameters = 'Workload, without Label';
            Call = { $cluster | Edit-NetPolSnapshot -Workload shop/web -RemovePolicy shop/db }; Like = '*nothing says how*' }
        @{ Command = 'Edit-NetPolSnapshot'; Parameters = 'Namespace, without Label';
            Call = { $cluster | Edit-NetPolSnapshot -Namespace shop -RemovePolicy shop/db }; Like = '*nothing says how*' }
        @{ Command = 'Edit-NetPolSnapshot'; Parameters = 'Label, without Workload'; Call = { $cluster | Edit-NetPolSnapshot -Label a=b };
            Like = '*nothing says whose*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Ingress, AllowDns'; Call = { New-DefaultDenyPolicy shop -Direction Ingress -AllowDns };
            Like = 'Egress stays open, so there is nothing to allow for DNS.' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Ingress, DnsProvider';
            Call = { New-DefaultDenyPolicy shop -Direction Ingress -DnsProvider KubeDns }; Like = 'Egress stays open*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Ingress, DnsAddress';
            Call = { New-DefaultDenyPolicy shop -Direction Ingress -DnsAddress 192.0.2.1 }; Like = 'Egress stays open*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Ingress, AllowApiServer';
            Call = { New-DefaultDenyPolicy shop -Direction Ingress -AllowApiServer }; Like = 'Egress stays open*for the API server.' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Ingress, ApiServerAddress';
            Call = { New-DefaultDenyPolicy shop -Direction Ingress -ApiServerAddress 192.0.2.1 }; Like = 'Egress stays open*for the API server.' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Ingress, ApiServerPort';
            Call = { New-DefaultDenyPolicy shop -Direction Ingress -ApiServerPort 443 }; Like = 'Egress stays open*for the API server.' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Egress, AllowIngressController';
            Call = { New-DefaultDenyPolicy shop -Direction Egress -AllowIngressController }; Like = 'Ingress stays open*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Egress, IngressControllerNamespace';
            Call = { New-DefaultDenyPolicy shop -Direction Egress -IngressControllerNamespace a }; Like = 'Ingress stays open*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Egress, IngressControllerSelector';
            Call = { New-DefaultDenyPolicy shop -Direction Egress -IngressControllerSelector a=b }; Like = 'Ingress stays open*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Egress, IngressControllerPort';
            Call = { New-DefaultDenyPolicy shop -Direction Egress -IngressControllerPort 80 }; Like = 'Ingress stays open*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Egress, AllowMonitoring';
            Call = { New-DefaultDenyPolicy shop -Direction Egress -AllowMonitoring }; Like = 'Ingress stays open*for monitoring.' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Egress, MonitoringNamespace';
            Call = { New-DefaultDenyPolicy shop -Direction Egress -MonitoringNamespace a }; Like = 'Ingress stays open*for monitoring.' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Egress, MonitoringSelector';
            Call = { New-DefaultDenyPolicy shop -Direction Egress -MonitoringSelector a=b }; Like = 'Ingress stays open*for monitoring.' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Direction Egress, MonitoringPort';
            Call = { New-DefaultDenyPolicy shop -Direction Egress -MonitoringPort 9090 }; Like = 'Ingress stays open*for monitoring.' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Priority, As NetworkPolicy'; Call = { New-DefaultDenyPolicy shop -Priority 10 };
            Like = '*has no priority*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'Priority, As BaselineAdminNetworkPolicy';
            Call = { New-DefaultDenyPolicy shop -As BaselineAdminNetworkPolicy -Priority 10 }; Like = '*has no priority*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'SinglePolicy, As ClusterNetworkPolicy';
            Call = { New-DefaultDenyPolicy -As ClusterNetworkPolicy -SinglePolicy }; Like = '*a single policy anyway*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'SinglePolicy, As BaselineAdminNetworkPolicy';
            Call = { New-DefaultDenyPolicy -As BaselineAdminNetworkPolicy -SinglePolicy }; Like = '*a single policy anyway*' }
        @{ Command = 'New-DefaultDenyPolicy'; Parameters = 'AllowSameNamespace, As ClusterNetworkPolicy';
            Call = { New-DefaultDenyPolicy -As ClusterNetworkPolicy -AllowSameNamespace -AllowDns -ErrorAction Stop };
                Like = "*cannot say 'the same namespace'*" }
        @{ Command = 'New-NetPolPolicy'; Parameters = 'PolicyType Ingress, Egress'; Call = { New-NetPolPolicy a -PolicyType Ingress -Egress $rule };
            Like = '-Egress gives rules, and -PolicyType leaves Egress out*' }
        @{ Command = 'New-NetPolPolicy'; Parameters = 'PolicyType Egress, Ingress'; Call = { New-NetPolPolicy a -PolicyType Egress -Ingress $rule };
            Like = '-Ingress gives rules, and -PolicyType leaves Ingress out*' }
        @{ Command = 'New-NetPolPeer'; Parameters = 'Namespace, NamespaceSelector'; Call = { New-NetPolPeer -Namespace a -NamespaceSelector a=b };
            Like = '*in place of -NamespaceSelector*' }
        @{ Command = 'New-NetPolClusterPeer'; Parameters = 'Namespace, NamespaceSelector'; Call = { New-NetPolClusterPeer -Namespace a -NamespaceSelector a=b };
            Like = '*in place of -NamespaceSelector*' }
        @{ Command = 'New-NetPolClusterPolicy'; Parameters = 'Namespace, NamespaceSelector';
            Call = { New-NetPolClusterPolicy a Admin 1 -Namespace a -NamespaceSelector a=b }; Like = '*in place of -NamespaceSelector*' }
        @{ Command = 'Export-NetPolYaml'; Parameters = 'Force, NoClobber'; Call = { New-NetPolPolicy a | Export-NetPolYaml $file -Force -NoClobber };
            Like = '*say the opposite of each other*' }
    ) {
        $Call | Should -Throw $Like
        (Get-Command $Command).Name | Should -Be $Command
    }

    # What PowerShell itself refuses: no set of parameters has both.
    It '<_> refuses every pair that no set of its parameters has' -ForEach (Get-Command -Module NetPolTools -CommandType Cmdlet).Name {
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters + 'WhatIf', 'Confirm'
        $parameters = @((Get-Command $_).Parameters.Values | Where-Object Name -NotIn $common)
        for ($i = 0; $i -lt $parameters.Count; $i++) {
            for ($j = $i + 1; $j -lt $parameters.Count; $j++) {
                $sets = $parameters[$i, $j].ForEach({ , @($_.ParameterSets.Keys) })
                if ($sets[0] -contains '__AllParameterSets' -or $sets[1] -contains '__AllParameterSets') { continue }
                if ($sets[0] | Where-Object { $_ -in $sets[1] }) { continue }
                $given = @{}
                foreach ($parameter in $parameters[$i, $j]) { $given[$parameter.Name] = Get-Argument $parameter }
                { & $_ @given } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException]) -Because "$($given.Keys)"
            }
        }
    }

    BeforeAll {
        # A value that the parameter takes.
        function Get-Argument {
            param($Parameter)
            $type = $Parameter.ParameterType
            if ($type -eq [switch] -or $type -eq [bool]) { return $true }
            if ($type -in [int], [int[]]) { return 1 }
            if ($type.IsEnum) { return [enum]::GetNames($type)[0] }
            if ($Parameter.Attributes.Where({ $_ -is [NetPolTools.Commands.LabelSelectorTransformationAttribute] })) { return 'a=b' }
            if ($Parameter.Name -eq 'InputObject') { return $cluster }
            'x'
        }
    }
}
