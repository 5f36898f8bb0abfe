package import ScenModel
