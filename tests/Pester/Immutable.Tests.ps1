BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $cluster = Get-NetPolSnapshot $threeTier
    $tiers = Get-NetPolSnapshot (Join-Path $manifests 'admin-tiers')

    # Everything that hangs below an object, each with the way to it.
    function Get-Below {
        param($Object, [string] $Path = '$_', [int] $Depth = 10)
        if ($null -eq $Object -or $Object -is [string] -or $Object -is [ValueType] -or $Depth -eq 0) { return }
        [pscustomobject]@{ Path = $Path; Value = $Object }
        if ($Object -is [System.Collections.IEnumerable]) {
            $i = 0
            foreach ($item in $Object) { Get-Below $item "$Path[$i]" ($Depth - 1); $i++ }
            return
        }
        foreach ($property in $Object.PSObject.Properties |
            Where-Object MemberType -EQ Property) { Get-Below $property.Value "$Path.$($property.Name)" ($Depth - 1) }
    }
}

Describe 'What cmdlets give' {
    It 'has no property that can be set and no list that can be written to: <Name>' -ForEach @(
        @{ Name = 'a snapshot'; Get = { $cluster } }
        @{ Name = 'a snapshot with other policies'; Get = { $tiers } }
        @{ Name = 'connections'; Get = { $cluster | Get-NetPolReachability -IncludeDenied } }
        @{ Name = 'reasons'; Get = { $cluster | Get-NetPolReachability -From web -To db, api -IncludeDenied -Explain } }
        @{ Name = 'reasons of tiers'; Get = { $tiers | Get-NetPolReachability -IncludeDenied -Explain | Select-Object -First 20 } }
        @{ Name = 'a matrix'; Get = { $cluster | Get-NetPolReachability -AsMatrix } }
        @{ Name = 'trees'; Get = { $cluster | Get-NetPolReachability -AsTree } }
        @{ Name = 'changes'; Get = { Compare-NetPolReachability $threeTier (Join-Path $manifests three-tier-next) } }
        @{ Name = 'isolation'; Get = { $cluster | Get-NetPolIsolation } }
        @{ Name = 'isolation of namespaces'; Get = { $cluster | Get-NetPolIsolation -By Namespace } }
        @{ Name = 'answers'; Get = { $cluster | Test-NetPolReachability -From web -To db -PassThru } }
        @{ Name = 'support'; Get = { Get-NetPolCniSupport (Join-Path $manifests cni/flannel.yaml) } }
        @{ Name = 'the catalogue'; Get = { Get-NetPolCniSupport -List } }
        @{ Name = 'findings'; Get = { Invoke-NetPolLint (Join-Path $manifests lint) -Complete All } }
        @{ Name = 'rules of lint'; Get = { Get-NetPolLintRule } }
        @{ Name = 'a policy'; Get = {
                $in = New-NetPolPeer x=y | New-NetPolRule 80/TCP
                $out = New-NetPolPeer -Cidr 10.0.0.0/8 -Except 10.1.0.0/16 | New-NetPolRule 'UDP 53'
                New-NetPolPolicy a b 'app in (x,y)' -Label @{ c = 'd' } -Annotation @{ e = 'f' } -Ingress $in -Egress $out } }
        @{ Name = 'a cluster policy'; Get = {
                $rule = New-NetPolClusterPeer -Cidr 10.0.0.0/8 | New-NetPolClusterRule Deny '80-90/TCP'
                New-NetPolClusterPolicy a Admin 10 -NamespaceSelector 'env in (x,y)' -Egress $rule } }
        @{ Name = 'a default deny'; Get = { $cluster | New-DefaultDenyPolicy -AllowDns } }
        @{ Name = 'policies of connections'; Get = { $cluster | Get-NetPolReachability | ConvertTo-NetPolPolicy $cluster } }
    ) {
        $below = @(& $Get | ForEach-Object { Get-Below $_ })
        $below.Count | Should -BeGreaterThan 3
        foreach ($found in $below) {
            $why = "$($found.Path) is a $($found.Value.GetType())"
            if ($found.Value -is [System.Collections.IList]) { $found.Value.IsReadOnly | Should -BeTrue -Because $why }
            $found.Value -is [array] | Should -BeFalse -Because $why
            if ($found.Value -is [System.Collections.IEnumerable]) { continue }
            $found.Value.PSObject.Properties | Where-Object { $_.MemberType -eq 'Property' -and $_.IsSettable } | Should -BeNullOrEmpty -Because $why
        }
    }

    It 'refuses to be changed and answers as before: <Name>' -ForEach @(
        @{ Name = 'the rules of a policy'; Change = { $policy.Ingress = $null } }
        @{ Name = 'the rules by their setter'; Change = { $policy.set_Ingress($null) } }
        @{ Name = 'the rules by their property'; Change = { $policy.PSObject.Properties['Ingress'].Value = $null } }
        @{ Name = 'a rule'; Change = { $policy.Ingress[0] = $null } }
        @{ Name = 'a peer'; Change = { $policy.Ingress[0].Peers[0].PodSelector = $null } }
        @{ Name = 'a port'; Change = { $policy.Ingress[0].Ports[0].Port.Number = 1 } }
        @{ Name = 'a label of a selector'; Change = { $policy.PodSelector.MatchLabels.Clear() } }
        @{ Name = 'a list by its interface'; Change = { ([System.Collections.IList] $policy.Ingress).Clear() } }
        @{ Name = 'a name'; Change = { $policy.Metadata.Name = 'Not Valid' } }
        @{ Name = 'a place'; Change = { $policy.Location.Line = 1 } }
        @{ Name = 'what every selector without labels shares';
            Change = { [NetPolTools.Objects.LabelSelector]::Everything.MatchLabels = $policy.PodSelector.MatchLabels } }
        @{ Name = 'a pod'; Change = { $cluster.Workloads[0].Labels = 'app=db' } }
        @{ Name = 'the list of policies'; Change = { $cluster.NetworkPolicies.Clear() } }
        @{ Name = 'a range of ports'; Change = { ($cluster | Get-NetPolReachability)[0].Ports[0].From = 1 } }
        @{ Name = 'peers of a workload'; Change = { ($cluster | Get-NetPolIsolation)[0].IngressFrom.Workloads[0] = 'x' } }
    ) {
        $before = $cluster | Get-NetPolReachability | Get-Line
        $policy = $cluster.NetworkPolicies | Where-Object Name -EQ db
        $change = $Change
        { & $change } | Should -Throw
        $cluster | Get-NetPolReachability | Get-Line | Should -Be $before
    }

    It 'can be indexed and counted as any list' {
        Set-StrictMode -Version Latest
        $policy = New-NetPolPolicy a b 'app=x' -Ingress (New-NetPolRule 80, 81), (New-NetPolRule 53/UDP)
        $policy.Ingress.Count | Should -Be 2
        $policy.Ingress[1].Ports[0].Protocol | Should -Be UDP
        $policy.Ingress[-1].Ports.Count | Should -Be 1
        $policy.PodSelector.MatchLabels[0].Value | Should -Be x
        "$($policy.PolicyTypes)" | Should -Be Ingress
    }
}
